//! The table of diagnostic codes: for each its severity, what it means, an example and the cure.
//!
//! Codes are stable: editors' notes and tests may quote them. `ACC`, `PAG` and `COD` codes follow the
//! list of lints of the online-services specification.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Severity;
use crate::vocab;

/// What `campanile explain` prints about a code; written in `explain/*.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// Short title, Italian.
    pub titolo: String,
    /// Short title, English.
    pub title: String,
    /// Why it matters and what to do, Italian.
    pub rimedio: String,
    /// Why it matters and what to do, English.
    pub cure: String,
    /// A faulty fragment.
    pub esempio: String,
}

/// The explanations of every code, by name.
static EXPLANATIONS: LazyLock<BTreeMap<String, Explanation>> = LazyLock::new(|| {
    let read = |text| vocab::embedded::<BTreeMap<String, Explanation>>(text);
    let families = [
        include_str!("explain/contents.yaml"),
        include_str!("explain/criteria.yaml"),
        include_str!("explain/accessibility.yaml"),
        include_str!("explain/markup.yaml"),
        include_str!("explain/writing.yaml"),
    ];
    families.into_iter().flat_map(read).collect()
});

macro_rules! codes {
    ($( $variant:ident $code:literal $severity:ident )*) => {
        /// Every kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum Code { $( $variant ),* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[ $( Code::$variant ),* ];

            /// The stable name, for example `CAM-01`.
            pub fn name(self) -> &'static str {
                match self { $( Code::$variant => $code ),* }
            }

            /// The usual severity.
            pub fn severity(self) -> Severity {
                match self { $( Code::$variant => Severity::$severity ),* }
            }

            /// The code of that name, upper or lower case.
            pub fn from_name(name: &str) -> Option<Code> {
                Self::ALL.iter().copied().find(|c| c.name().eq_ignore_ascii_case(name))
            }
        }
    };
}

codes! {
    FileUnreadable "FIL-01" Error
    FileNotUtf8 "FIL-02" Error
    FileNotRegular "FIL-03" Warning
    FileMisplaced "FIL-04" Warning
    FileSlug "FIL-05" Error
    FileLanguage "FIL-06" Error
    FileFault "FIL-07" Error
    FileSlow "FIL-08" Error
    YamlSyntax "YML-01" Error
    YamlDuplicateKey "YML-02" Error
    YamlTooBig "YML-03" Error
    FrontMatter "YML-04" Error
    YamlUnsupported "YML-05" Error
    FieldUnknown "CAM-01" Error
    FieldMissing "CAM-02" Error
    FieldType "CAM-03" Error
    FieldEmpty "CAM-04" Error
    FieldDate "CAM-05" Error
    FieldLong "CAM-06" Error
    FieldLongish "CAM-07" Warning
    FieldCharacters "CAM-08" Error
    FieldInvisible "CAM-09" Warning
    FieldTwice "CAM-10" Error
    FieldValue "CAM-11" Error
    FieldConditional "CAM-12" Error
    FieldOrder "CAM-13" Error
    FieldDuplicate "CAM-14" Error
    PersonReserved "PER-01" Error
    PersonDuty "PER-02" Warning
    VocabularyUnknown "VOC-01" Error
    ReferenceUnknown "REL-01" Error
    ReferenceSelf "REL-02" Error
    MarkdownHtml "TES-01" Warning
    MarkdownLink "TES-02" Error
    MarkdownLinkHttp "TES-03" Warning
    MarkdownSection "TES-04" Error
    MarkdownImageAlt "TES-05" Error
    MarkdownNesting "TES-06" Error
    MarkdownHeadingOrder "TES-07" Error
    MediaMissing "MED-01" Error
    MediaType "MED-02" Error
    MediaSvg "MED-03" Error
    MediaBroken "MED-04" Error
    MediaPath "MED-05" Error
    AccessEmpty "ACC-01" Error
    AccessUrl "ACC-02" Error
    AccessGeneral "ACC-03" Warning
    AccessShared "ACC-04" Warning
    AccessForeign "ACC-05" Hint
    AccessEidas "ACC-06" Warning
    AccessKnown "ACC-08" Warning
    AccessHost "ACC-09" Error
    AccessReason "ACC-10" Error
    AccessPrincipal "ACC-11" Error
    AccessUnused "ACC-12" Error
    ProviderTemplate "FOR-01" Error
    ProviderDefinition "FOR-02" Error
    ProviderUnknown "FOR-03" Error
    ProviderState "ACC-07" Error
    AppIoService "IO-01" Warning
    PaymentCosts "PAG-01" Error
    PaymentAmount "PAG-02" Error
    PaymentName "PAG-03" Warning
    PaymentWays "PAG-04" Warning
    PaymentIban "PAG-05" Warning
    PaymentNotice "PAG-06" Error
    PersonalCode "PRV-01" Warning
    MetadataMissing "MET-01" Error
    LegalPrivacy "LEG-02" Error
    LegalNotes "LEG-03" Error
    LegalSecurity "LEG-04" Error
    LegalLicence "LEG-05" Error
    LegalEu "LEG-06" Error
    EntityCode "COD-01" Error
    EntityIpa "COD-02" Warning
    ConfigMissing "CFG-01" Error
    ConfigColour "CFG-02" Error
    LegalMissing "LEG-01" Error
    ServiceCount "CSI-13" Warning
    PlanCollision "PIA-01" Error
    PlanAlias "PIA-02" Error
    PlanReserved "PIA-03" Error
    LinkBroken "LNK-01" Error
    AlboLog "ALB-01" Error
    AlboChanged "ALB-02" Error
    AlboUnlogged "ALB-03" Warning
    AlboGone "ALB-04" Error
    AccessDead "RET-01" Error
    LinkOutsideDead "RET-02" Warning
    NetworkDown "RET-03" Error
    TemplateError "TEM-01" Error
    OutputRefused "USC-01" Error
    OutputBusy "USC-02" Error
    OutputFailed "USC-03" Error
    AddressGone "USC-04" Warning
    EventRule "EVE-01" Error
    EventLong "EVE-02" Warning
    EventOverlap "EVE-03" Error
    OutputKept "USC-05" Warning
    FieldPlaceholder "CAM-15" Warning
    MediaName "MED-06" Error
    MediaPixels "MED-07" Error
    PdfAccessibility "MED-08" Warning
    PdfUnreadable "MED-09" Warning
    PdfPersonal "PRV-03" Warning
    CheckIgnored "CTR-01" Warning
    CheckBaseline "CTR-02" Hint
    FontWrong "C.SI.1.1.a" Error
    FontInner "C.SI.1.1.b" Warning
    LibraryVersion "C.SI.1.2.a" Error
    LibraryClasses "C.SI.1.2.b" Error
    SheetCount "C.SI.1.3.a" Error
    SheetIndex "C.SI.1.3.b" Error
    SheetSection "C.SI.1.3.c" Error
    SheetHeader "C.SI.1.3.d" Error
    SheetCategory "C.SI.1.3.e" Error
    SheetOrder "C.SI.1.3.f" Error
    SheetPaging "C.SI.1.3.g" Error
    ThemeHeader "C.SI.1.4.a" Error
    TopicsLink "C.SI.1.5.a" Error
    TopicsEmpty "C.SI.1.5.b" Error
    TopicsForeign "C.SI.1.5.c" Error
    TopicsIncomplete "C.SI.1.5.d" Error
    MenuMissing "C.SI.1.6.a" Error
    MenuLabel "C.SI.1.6.b" Error
    MenuExtra "C.SI.1.6.c" Error
    MenuOutside "C.SI.1.6.d" Error
    MenuOrder "C.SI.1.6.e" Error
    MenuDiffers "C.SI.1.6.f" Error
    MenuHeading "C.SI.1.6.g" Error
    CategoryMissing "C.SI.1.7.a" Error
    CategoryTitle "C.SI.1.7.b" Error
    CategoryHeading "C.SI.1.7.c" Error
    BookingEntry "C.SI.2.1.a" Error
    BookingMissing "C.SI.2.1.b" Error
    BookingTarget "C.SI.2.1.c" Error
    SheetContacts "C.SI.2.2.a" Error
    FaqMissing "C.SI.2.3.a" Error
    FaqTarget "C.SI.2.3.b" Error
    FaqLabel "C.SI.2.3.c" Warning
    ReportMissing "C.SI.2.4.a" Error
    ReportTarget "C.SI.2.4.b" Error
    ReportLabel "C.SI.2.4.c" Warning
    RatingMissing "C.SI.2.5.a" Error
    RatingTitle "C.SI.2.5.b" Error
    RatingStars "C.SI.2.5.c" Error
    RatingBlocks "C.SI.2.5.d" Error
    RatingVisibility "C.SI.2.5.e" Error
    RatingQuestion "C.SI.2.5.f" Error
    RatingAnswers "C.SI.2.5.g" Error
    RatingText "C.SI.2.5.h" Error
    RatingPosition "C.SI.2.5.i" Error
    SheetRatingMissing "C.SI.2.6.a" Error
    SheetRatingTitle "C.SI.2.6.b" Error
    SheetRatingStars "C.SI.2.6.c" Error
    SheetRatingBlocks "C.SI.2.6.d" Error
    SheetRatingVisibility "C.SI.2.6.e" Error
    SheetRatingQuestion "C.SI.2.6.f" Error
    SheetRatingAnswers "C.SI.2.6.g" Error
    SheetRatingText "C.SI.2.6.h" Error
    SheetRatingPosition "C.SI.2.6.i" Error
    CookieThirdParty "C.SI.3.1.a" Error
    CookieScript "C.SI.3.1.b" Warning
    DeclarationMissing "C.SI.3.2.a" Error
    DeclarationAddress "C.SI.3.2.b" Error
    PrivacyLink "C.SI.3.3.a" Error
    PrivacyTarget "C.SI.3.3.b" Error
    NotesLink "C.SI.3.4.a" Error
    LicenceTitle "C.SI.3.4.b" Error
    LicenceText "C.SI.3.4.c" Error
    Domain "C.SI.5.2.a" Error
    MetatagMissing "R.SI.1.1.a" Error
    MetatagInvalid "R.SI.1.1.b" Error
    MetatagEmpty "R.SI.1.1.c" Warning
    AddressTrap "EVI-01" Error
    EvidenceMissing "EVI-02" Warning
    FrameMissing "EVI-03" Warning
    Capitals "EVI-04" Warning
    HeadingMismatch "EVI-05" Warning
    A11yAccesskeys "A11Y-accesskeys" Warning
    A11yAreaAlt "A11Y-area-alt" Error
    A11yAriaAllowedAttr "A11Y-aria-allowed-attr" Error
    A11yAriaAllowedRole "A11Y-aria-allowed-role" Warning
    A11yAriaBrailleEquivalent "A11Y-aria-braille-equivalent" Error
    A11yAriaCommandName "A11Y-aria-command-name" Error
    A11yAriaConditionalAttr "A11Y-aria-conditional-attr" Error
    A11yAriaDeprecatedRole "A11Y-aria-deprecated-role" Warning
    A11yAriaDialogName "A11Y-aria-dialog-name" Error
    A11yAriaHiddenBody "A11Y-aria-hidden-body" Error
    A11yAriaHiddenFocus "A11Y-aria-hidden-focus" Error
    A11yAriaInputFieldName "A11Y-aria-input-field-name" Error
    A11yAriaMeterName "A11Y-aria-meter-name" Error
    A11yAriaProgressbarName "A11Y-aria-progressbar-name" Error
    A11yAriaProhibitedAttr "A11Y-aria-prohibited-attr" Error
    A11yAriaRequiredAttr "A11Y-aria-required-attr" Error
    A11yAriaRequiredChildren "A11Y-aria-required-children" Error
    A11yAriaRequiredParent "A11Y-aria-required-parent" Error
    A11yAriaRoledescription "A11Y-aria-roledescription" Warning
    A11yAriaRoles "A11Y-aria-roles" Error
    A11yAriaToggleFieldName "A11Y-aria-toggle-field-name" Error
    A11yAriaTooltipName "A11Y-aria-tooltip-name" Warning
    A11yAriaTreeitemName "A11Y-aria-treeitem-name" Warning
    A11yAriaValidAttr "A11Y-aria-valid-attr" Error
    A11yAriaValidAttrValue "A11Y-aria-valid-attr-value" Error
    A11yAutocompleteValid "A11Y-autocomplete-valid" Error
    A11yAvoidInlineSpacing "A11Y-avoid-inline-spacing" Error
    A11yBlink "A11Y-blink" Error
    A11yButtonName "A11Y-button-name" Error
    A11yBypass "A11Y-bypass" Error
    A11yDefinitionList "A11Y-definition-list" Error
    A11yDlitem "A11Y-dlitem" Error
    A11yDocumentTitle "A11Y-document-title" Error
    A11yDuplicateId "A11Y-duplicate-id" Error
    A11yEmptyHeading "A11Y-empty-heading" Warning
    A11yEmptyTableHeader "A11Y-empty-table-header" Warning
    A11yFormFieldMultipleLabels "A11Y-form-field-multiple-labels" Warning
    A11yFrameTitle "A11Y-frame-title" Error
    A11yFrameTitleUnique "A11Y-frame-title-unique" Warning
    A11yHeadingOrder "A11Y-heading-order" Warning
    A11yHtmlHasLang "A11Y-html-has-lang" Error
    A11yHtmlLangValid "A11Y-html-lang-valid" Error
    A11yHtmlXmlLangMismatch "A11Y-html-xml-lang-mismatch" Error
    A11yIdenticalLinksSamePurpose "A11Y-identical-links-same-purpose" Hint
    A11yImageAlt "A11Y-image-alt" Error
    A11yImageAltFile "A11Y-image-alt-file" Error
    A11yImageRedundantAlt "A11Y-image-redundant-alt" Warning
    A11yInputButtonName "A11Y-input-button-name" Error
    A11yInputImageAlt "A11Y-input-image-alt" Error
    A11yLabel "A11Y-label" Error
    A11yLabelContentNameMismatch "A11Y-label-content-name-mismatch" Error
    A11yLabelTitleOnly "A11Y-label-title-only" Warning
    A11yLandmarkBannerIsTopLevel "A11Y-landmark-banner-is-top-level" Warning
    A11yLandmarkComplementaryIsTopLevel "A11Y-landmark-complementary-is-top-level" Warning
    A11yLandmarkContentinfoIsTopLevel "A11Y-landmark-contentinfo-is-top-level" Warning
    A11yLandmarkMainIsTopLevel "A11Y-landmark-main-is-top-level" Warning
    A11yLandmarkNoDuplicateBanner "A11Y-landmark-no-duplicate-banner" Warning
    A11yLandmarkNoDuplicateContentinfo "A11Y-landmark-no-duplicate-contentinfo" Warning
    A11yLandmarkNoDuplicateMain "A11Y-landmark-no-duplicate-main" Warning
    A11yLandmarkOneMain "A11Y-landmark-one-main" Warning
    A11yLandmarkUnique "A11Y-landmark-unique" Warning
    A11yLinkName "A11Y-link-name" Error
    A11yList "A11Y-list" Error
    A11yListitem "A11Y-listitem" Error
    A11yMarquee "A11Y-marquee" Error
    A11yMetaRefresh "A11Y-meta-refresh" Error
    A11yMetaViewport "A11Y-meta-viewport" Error
    A11yNestedInteractive "A11Y-nested-interactive" Error
    A11yNoAutoplayAudio "A11Y-no-autoplay-audio" Error
    A11yObjectAlt "A11Y-object-alt" Error
    A11yPAsHeading "A11Y-p-as-heading" Warning
    A11yPageHasHeadingOne "A11Y-page-has-heading-one" Warning
    A11yPresentationRoleConflict "A11Y-presentation-role-conflict" Warning
    A11yRegion "A11Y-region" Warning
    A11yRoleImgAlt "A11Y-role-img-alt" Error
    A11yScopeAttrValid "A11Y-scope-attr-valid" Warning
    A11ySelectName "A11Y-select-name" Error
    A11yServerSideImageMap "A11Y-server-side-image-map" Error
    A11ySkipLink "A11Y-skip-link" Warning
    A11ySummaryName "A11Y-summary-name" Error
    A11ySvgImgAlt "A11Y-svg-img-alt" Error
    A11yTabindex "A11Y-tabindex" Warning
    A11yTableDuplicateName "A11Y-table-duplicate-name" Warning
    A11yTableFakeCaption "A11Y-table-fake-caption" Warning
    A11yTdHasHeader "A11Y-td-has-header" Error
    A11yTdHeadersAttr "A11Y-td-headers-attr" Error
    A11yThHasDataCells "A11Y-th-has-data-cells" Error
    A11yValidLang "A11Y-valid-lang" Error
    A11yVideoCaption "A11Y-video-caption" Error
    MarkupElement "HTM-01" Error
    MarkupAttribute "HTM-02" Error
    MarkupValue "HTM-03" Error
    MarkupPlace "HTM-04" Error
    MarkupSyntax "HTM-05" Error
    MarkupTwice "HTM-06" Error
    MarkupXmlLang "HTM-07" Error
    MarkupRequired "HTM-08" Error
    MarkupPolicy "HTM-09" Error
    MarkupSection "HTM-10" Hint
    Readability "LIN-01" Hint
    Acronym "LIN-02" Hint
    TextCapitals "LIN-03" Warning
    Bureaucratese "LIN-04" Hint
    LinkText "LIN-05" Warning
    PrivateEmail "PRV-02" Warning
    Stale "AGG-01" Hint
    ProviderStale "AGG-02" Hint
}

impl Code {
    /// Meaning, example and cure.
    ///
    /// # Panics
    /// When a code has no explanation: a fault of the program, seen by its tests.
    pub fn explanation(self) -> &'static Explanation {
        EXPLANATIONS.get(self.name()).expect("every code is explained")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        for code in Code::ALL {
            assert_eq!(Code::from_name(&code.name().to_lowercase()), Some(*code));
        }
    }

    #[test]
    fn every_code_is_explained_and_nothing_else_is() {
        let explained: Vec<&str> = EXPLANATIONS.keys().map(String::as_str).collect();
        let mut names: Vec<&str> = Code::ALL.iter().map(|c| c.name()).collect();
        names.sort_unstable();
        assert_eq!(explained, names);
    }
}
