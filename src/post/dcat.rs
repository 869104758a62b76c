//! The catalogue of datasets as DCAT-AP_IT in JSON-LD (the Italian profile), at `/api/dataset.jsonld`.

use serde_json::{Value, json};

use crate::content::dataset::{Dataset, Distribuzione, Lingua};
use crate::content::{Data, Kind};
use crate::render::Urls;
use crate::site::{Item, Site};
use crate::vocab;

/// Output path of the catalogue.
pub const PATH: &str = "api/dataset.jsonld";

const FREQUENCY: &str = "http://publications.europa.eu/resource/authority/frequency/";
const THEME: &str = "http://publications.europa.eu/resource/authority/data-theme/";
const FILE_TYPE: &str = "http://publications.europa.eu/resource/authority/file-type/";
const LANGUAGE: &str = "http://publications.europa.eu/resource/authority/language/";
const LICENCE: &str = "https://w3id.org/italia/controlled-vocabulary/licences/";

/// The catalogue, if the site has datasets.
pub fn catalogue(site: &Site, urls: &Urls) -> Option<String> {
    let datasets: Vec<(&Item, &Dataset)> = site
        .of_kind(Kind::Dataset)
        .filter_map(|i| match &i.entry.data {
            Data::Dataset(d) => Some((i, d.as_ref())),
            _ => None,
        })
        .collect();
    let modified = datasets.iter().map(|(_, d)| d.data_modifica.value).max()?;
    let ente = &site.config.written.ente;
    let publisher = agent(&urls.absolute("/"), &ente.nome.value.0, &ente.codice_ipa.value.to_string());
    let mut graph = vec![json!({
        "@id": urls.absolute(&format!("/{PATH}")),
        "@type": ["dcatapit:Catalog", "dcat:Catalog"],
        "dct:title": it(&format!("Dati aperti: {}", ente.nome.value.0)),
        "dct:description": it(&format!("I dati che {} mette a disposizione di tutti.", ente.nome.value.0)),
        "dct:publisher": publisher,
        "dct:language": coded(LANGUAGE, Some(Lingua::Italiano.codice())),
        "dct:modified": date(&modified.to_string()),
        "foaf:homepage": { "@id": urls.absolute("/amministrazione/documenti-e-dati/dataset/") },
        "dcat:dataset": datasets.iter().map(|(i, _)| json!({ "@id": urls.absolute(&i.url) })).collect::<Vec<_>>(),
    })];
    for (item, d) in datasets {
        graph.push(dataset(site, urls, item, d, &publisher));
        graph.extend(
            d.distribuzioni.iter().enumerate().map(|(n, one)| distribution(urls, item, d, n, &one.value)),
        );
    }
    let document = json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dcatapit": "http://dati.gov.it/onto/dcatapit#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "owl": "http://www.w3.org/2002/07/owl#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@graph": graph,
    });
    serde_json::to_string_pretty(&document).ok()
}

fn dataset(site: &Site, urls: &Urls, item: &Item, d: &Dataset, publisher: &Value) -> Value {
    let ente = &site.config.written.ente;
    let holder = site.target(&d.titolare.value);
    let holder_id = holder.map_or_else(|| urls.absolute("/"), |u| urls.absolute(&u.url));
    let holder_name = holder.map_or(&*ente.nome.value.0, |u| u.titolo.as_str());
    let identifier = d.identificativo.as_ref().map_or(item.entry.slug.as_str(), |i| &i.value.0);
    let mut value = json!({
        "@id": urls.absolute(&item.url),
        "@type": ["dcatapit:Dataset", "dcat:Dataset"],
        "dct:identifier": identifier,
        "dct:title": it(&item.titolo),
        "dct:description": it(&item.descrizione),
        "dct:modified": date(&d.data_modifica.value.to_string()),
        "dct:publisher": publisher,
        "dct:rightsHolder": agent(&holder_id, holder_name, &ente.codice_ipa.value.to_string()),
        "dct:accrualPeriodicity": coded(FREQUENCY, d.frequenza_aggiornamento.entry.codice.as_deref()),
        "dcat:theme": d.temi.iter().map(|t| coded(THEME, t.entry.codice.as_deref())).collect::<Vec<_>>(),
        "dcat:landingPage": { "@id": urls.absolute(&item.url) },
        "dct:language": d.lingue().into_iter().map(|l| coded(LANGUAGE, Some(l.codice()))).collect::<Vec<_>>(),
        "dcat:distribution": (0..d.distribuzioni.len())
            .map(|n| json!({ "@id": distribution_id(urls, item, n) })).collect::<Vec<_>>(),
    });
    let optional = [
        ("dct:issued", d.data_rilascio.as_ref().map(|r| date(&r.value.to_string()))),
        ("owl:versionInfo", d.versione.as_ref().map(|v| json!(v.value.0))),
        (
            "dcat:keyword",
            (!d.parole_chiave.is_empty()).then(|| d.parole_chiave.iter().map(|p| it(&p.value.0)).collect()),
        ),
        (
            "dct:temporal",
            d.periodo.as_ref().map(|p| {
                json!({
                    "@type": "dct:PeriodOfTime",
                    "dcatapit:startDate": date(&p.value.dal.value.to_string()),
                    "dcatapit:endDate": p.value.al.as_ref().map(|al| date(&al.value.to_string())),
                })
            }),
        ),
    ];
    for (key, written) in optional {
        if let Some(written) = written {
            value[key] = written;
        }
    }
    value
}

fn distribution(urls: &Urls, item: &Item, d: &Dataset, n: usize, one: &Distribuzione) -> Value {
    let address = match (&one.file, &one.url) {
        (Some(file), _) => urls.absolute(&format!("/{}", file.value.0)),
        (None, Some(url)) => url.value.0.to_string(),
        (None, None) => urls.absolute(&item.url),
    };
    let extension = one.file.as_ref().and_then(|f| f.value.0.rsplit_once('.')).map(|(_, e)| e.to_uppercase());
    let format = one.formato.as_ref().map(|f| f.value.0.to_uppercase()).or(extension);
    let licence = d.licenza.as_ref().map(|l| l.entry).or_else(|| vocab::get("licenze").find("cc-by-4-0"));
    let code = licence.and_then(|l| l.codice.as_ref()).map(|c| c.replace('.', ""));
    json!({
        "@id": distribution_id(urls, item, n),
        "@type": ["dcatapit:Distribution", "dcat:Distribution"],
        "dct:title": it(&one.titolo.value.0),
        "dcat:accessURL": { "@id": address },
        "dct:format": format.map(|f| json!({ "@id": format!("{FILE_TYPE}{f}") })),
        "dct:license": code.map(|c| json!({
            "@id": format!("{LICENCE}{c}"),
            "@type": ["dcatapit:LicenseDocument", "dct:LicenseDocument"],
            "foaf:name": licence.map(|l| l.nome.clone()),
        })),
        "dct:modified": date(&d.data_modifica.value.to_string()),
    })
}

fn distribution_id(urls: &Urls, item: &Item, n: usize) -> String {
    format!("{}#distribuzione-{}", urls.absolute(&item.url), n + 1)
}

fn agent(id: &str, name: &str, ipa: &str) -> Value {
    json!({ "@id": id, "@type": ["dcatapit:Agent", "foaf:Agent"], "dct:identifier": ipa, "foaf:name": it(name) })
}

fn coded(base: &str, code: Option<&str>) -> Value {
    json!({ "@id": format!("{base}{}", code.unwrap_or_default()) })
}

fn it(text: &str) -> Value {
    json!({ "@value": text, "@language": "it" })
}

fn date(iso: &str) -> Value {
    json!({ "@value": iso, "@type": "xsd:date" })
}
