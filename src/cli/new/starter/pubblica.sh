#!/bin/sh
# Controlla, costruisce e pubblica il sito.
#
#   sh pubblica.sh prova    controlla e costruisce, non pubblica
#   sh pubblica.sh          controlla, costruisce e pubblica
#
# Va lanciato dopo ogni modifica e una volta al giorno: così le pagine con una data appaiono e scadono quando devono. Su una macchina
# del Comune basta una riga di crontab, per esempio ogni notte alle 3 e 20:
#
#   20 3 * * * cd /srv/sito && sh pubblica.sh
#
# Qui non si scrivono password. Dove e come pubblicare lo dicono due variabili d'ambiente:
#
#   PUBBLICA_CON=rsync   DESTINAZIONE=utente@server:/var/www/sito    un server raggiungibile con SSH
#   PUBBLICA_CON=rclone  DESTINAZIONE=nome:cartella                  SFTP, S3 e altri spazi, configurati con `rclone config`
#   PUBBLICA_CON=niente                                              pubblica un altro programma, per esempio Pages
#
# CAMPANILE è il programma, se non sta nei percorsi di sistema. FORMATO è la forma dei messaggi: human, github, junit, sarif, json.
set -eu
cd "$(dirname "$0")"
campanile=${CAMPANILE:-campanile}

# Si ferma qui se i contenuti hanno errori o se il sito non rispetta i criteri. Per fermarsi anche agli avvisi aggiungi --strict.
"$campanile" check --format "${FORMATO:-human}"
# Costruisce in public/. L'ultima riga dice in quale giorno le date dei contenuti cambieranno il sito.
"$campanile" build

if [ "${1:-}" = prova ]; then
  exit 0
fi
case "${PUBBLICA_CON:-}" in
  rsync)
    # I file nuovi arrivano prima, quelli vecchi si tolgono alla fine: chi visita il sito non trova pagine mancanti.
    rsync --recursive --links --times --compress --delay-updates --delete-after public/ "${DESTINAZIONE:?}/"
    ;;
  rclone)
    rclone sync --delete-after public "${DESTINAZIONE:?}"
    ;;
  niente) ;;
  *)
    echo "Non so dove pubblicare: scrivi PUBBLICA_CON (rsync, rclone o niente) e DESTINAZIONE." >&2
    exit 2
    ;;
esac
