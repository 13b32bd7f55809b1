//! Legal forms of companies, at the start or end of a name, in many scripts.
//!
//! The forms and their abbreviations follow the Entity Legal Forms code list of ISO 20275. Their selection and spelling
//! are the project's own.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::folding::folded;

struct Forms {
    /// Forms at the end of a name, folded, by their last word; longer ones first.
    ends: HashMap<String, Vec<String>>,
    /// Forms at the start of a name, by their first word; longer ones first.
    fronts: HashMap<String, Vec<String>>,
    /// Forms written without a blank; longer ones first.
    joined: Vec<String>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(Forms::new);

/// A folded name, its words separated by single blanks, without legal forms at either end. Never empties a name.
pub(crate) fn without_forms(folded: &str) -> &str {
    let mut name = folded;
    let mut is_romanian = false;
    loop {
        if let Some((rest, form)) = FORMS.at_end(name) {
            is_romanian |= ROMANIAN_ENDS.contains(&form);
            name = rest;
        } else if let Some(rest) = FORMS.in_front(name) {
            name = unlinked(rest);
        } else if let Some(rest) = romanian_front(name).filter(|_| is_romanian) {
            name = rest;
        } else if let Some(rest) = FORMS.joined_to(name) {
            name = rest.trim();
        } else {
            return name;
        }
    }
}

/// Whether a folded name begins with a form that French joins to the name by `d'`.
pub(crate) fn is_before_elision(folded: &str) -> bool {
    folded.starts_with('s')
        && BEFORE_ELISION
            .iter()
            .any(|form| folded.strip_prefix(form).is_some_and(|rest| rest.starts_with(" d")))
}

/// "S.C. ... S.R.L.": "S.C." is a form only together with one at the end.
fn romanian_front(name: &str) -> Option<&str> {
    name.strip_prefix("sc ").or_else(|| name.strip_prefix("s c "))
}

/// A name without the link word after a form: "Société anonyme des Mines".
fn unlinked(mut name: &str) -> &str {
    while let Some((_, rest)) = name.split_once(' ').filter(|(word, _)| LINKS.contains(word)) {
        name = rest;
    }
    name
}

impl Forms {
    fn new() -> Self {
        let list = |texts: &[&str]| texts.iter().flat_map(|text| spellings(text)).collect::<Vec<_>>();
        let (mut ends, mut fronts) = (list(ENDS), list(FRONTS));
        for texts in [BOTH, JOINED] {
            ends.extend(list(texts));
            fronts.extend(list(texts));
        }
        let mut joined: Vec<String> = JOINED.iter().map(|form| folded(form).trim_end().to_owned()).collect();
        joined.sort_by_key(|form| std::cmp::Reverse(form.len()));
        let (first, last) = (
            |form: &str| form.split(' ').next().map(str::to_owned),
            |form: &str| form.rsplit(' ').next().map(str::to_owned),
        );
        Self { ends: by_word(ends, last), fronts: by_word(fronts, first), joined }
    }

    /// The name before a form at its end, and the form.
    fn at_end<'n>(&self, name: &'n str) -> Option<(&'n str, &str)> {
        let (_, last) = name.rsplit_once(' ')?;
        let before = |form: &'_ str| name.strip_suffix(form)?.strip_suffix(' ');
        self.ends.get(last)?.iter().find_map(|form| Some((before(form)?, form.as_str())))
    }

    /// The name after a form at its start.
    fn in_front<'n>(&self, name: &'n str) -> Option<&'n str> {
        let (first, _) = name.split_once(' ')?;
        let behind = |form: &String| name.strip_prefix(form.as_str())?.strip_prefix(' ');
        self.fronts.get(first)?.iter().find_map(behind)
    }

    /// The name without a form that is joined to it without a blank.
    fn joined_to<'n>(&self, name: &'n str) -> Option<&'n str> {
        if name.is_ascii() {
            return None;
        }
        let name_in =
            |form: &String| name.strip_suffix(form.as_str()).or_else(|| name.strip_prefix(form.as_str()));
        self.joined.iter().filter_map(name_in).find(|name| !name.is_empty())
    }
}

/// The folded spellings of a form: without its points, and with a blank after each, as in "S. A.".
fn spellings(form: &str) -> Vec<String> {
    let words = |text: &str| folded(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut all = vec![words(form), words(&form.replace('.', " "))];
    all.dedup();
    all
}

fn by_word(forms: Vec<String>, word: impl Fn(&str) -> Option<String>) -> HashMap<String, Vec<String>> {
    let mut by_word: HashMap<String, Vec<String>> = HashMap::new();
    for form in forms {
        if let Some(word) = word(&form) {
            by_word.entry(word).or_default().push(form);
        }
    }
    by_word.values_mut().for_each(|forms| forms.sort_by_key(|form| std::cmp::Reverse(form.len())));
    by_word
}

/// French words between a form and the name.
const LINKS: &[&str] = &["de", "des", "du", "d", "la", "le", "les", "l"];

const BEFORE_ELISION: &[&str] = &["societe anonyme", "societe a responsabilite limitee", "sa", "sarl", "sas"];

/// The forms that go with S.C. at the start.
const ROMANIAN_ENDS: &[&str] = &["srl", "sa", "s r l", "s a", "snc", "scs", "sca"];

/// Forms only at the start of a name.
const FRONTS: &[&str] = &[
    // Indonesia
    "PT",
    "CV",
    "PT Persero",
    "Perusahaan Perseroan",
    "Perseroan Terbatas",
    // Baltic states
    "OÜ",
    "MTÜ",
    "IĮ",
    "VšĮ",
    "Uždaroji akcinė bendrovė",
    "Akcinė bendrovė",
    "Sabiedrība ar ierobežotu atbildību",
    "Akciju sabiedrība",
    // Poland
    "P.P.H.U.",
    "P.H.U.",
    // French, Spanish, Italian, Dutch
    "SCI",
    "EURL",
    "GIE",
    "Société à responsabilité limitée",
    "Société par actions simplifiée",
    "Société en commandite par actions",
    "Société civile immobilière",
    // Vietnam
    "Công ty cổ phần",
    "Công ty TNHH",
    "Công ty TNHH MTV",
    "Công ty TNHH một thành viên",
    "Công ty trách nhiệm hữu hạn",
    "CTCP",
    // Arabic, Persian
    "شركة",
    "شركة مساهمة",
    "شرکت",
    "شرکت سهامی عام",
    "شرکت سهامی خاص",
    "مؤسسة",
    // Russia and its neighbors
    "ИП",
    "ФГУП",
    "ГУП",
    "МУП",
    "ЧП",
    "ФОП",
    "Общество с ограниченной ответственностью",
    "Акционерное общество",
    "Публичное акционерное общество",
    "Непубличное акционерное общество",
    "Открытое акционерное общество",
    "Закрытое акционерное общество",
    "Товарищество с ограниченной ответственностью",
    "Товариство з обмеженою відповідальністю",
    "Приватне акціонерне товариство",
    "Публічне акціонерне товариство",
    "Акціонерне товариство",
    // Georgia
    "შპს",
    "სს",
];

/// Forms at the start or end of a name.
const BOTH: &[&str] = &[
    "AB",
    "Aktiebolaget",
    "Aktiebolag",
    "AS",
    "A/S",
    "Aktieselskabet",
    "Oy",
    "SIA",
    "UAB",
    "S.A.",
    "S.A.R.L.",
    "S.à r.l.",
    "SAS",
    "SASU",
    "SNC",
    "S.R.L.",
    "SPRL",
    "BVBA",
    "N.V.",
    "B.V.",
    "Société anonyme",
    "Sociedad anónima",
    "Sociedad limitada",
    "Società per azioni",
    "Società a responsabilità limitata",
    "Naamloze vennootschap",
    "Besloten vennootschap",
    "Spółka z ograniczoną odpowiedzialnością",
    "Spółka akcyjna",
    "LLC",
    "JSC",
    "PJSC",
    "OJSC",
    "CJSC",
    "OOO",
    "OAO",
    "ZAO",
    "PAO",
    "ООО",
    "ОАО",
    "ЗАО",
    "ПАО",
    "НАО",
    "АО",
    "ОДО",
    "ТОО",
    "ТОВ",
    "ПрАТ",
    "ПАТ",
    "АТ",
    "ЖШС",
    "АҚ",
    "Α.Ε.",
    "Ανώνυμη Εταιρεία",
    "Ανώνυμη Εταιρία",
    "(주)",
    "(유)",
    "(株)",
    "(有)",
];

/// Forms only at the end of a name.
const ENDS: &[&str] = &[
    // English
    "Ltd",
    "Limited",
    "Private Limited",
    "Pvt. Ltd.",
    "Pvt",
    "Inc",
    "Incorporated",
    "Corp",
    "Corporation",
    "Co",
    "Company",
    "Joint Stock Company",
    "Public Joint Stock Company",
    "Open Joint Stock Company",
    "Limited Liability Company",
    "Limited Liability Partnership",
    "Limited Partnership",
    "Public Limited Company",
    "Public Company Limited",
    "PCL",
    "Private Limited Company",
    "Unlimited Company",
    "Designated Activity Company",
    "Company Limited by Guarantee",
    "LLP",
    "LLLP",
    "LP",
    "PLLC",
    "PLC",
    "DAC",
    "CLG",
    "CIC",
    "N.A.",
    "Pty",
    "Pte",
    // German
    "GmbH",
    "gGmbH",
    "Ges.m.b.H.",
    "mbH",
    "mbB",
    "AG",
    "SE",
    "KG",
    "KGaA",
    "OHG",
    "OG",
    "UG",
    "UG haftungsbeschränkt",
    "GbR",
    "eG",
    "e.V.",
    "e.K.",
    "PartG",
    "Aktiengesellschaft",
    "Kommanditgesellschaft",
    "Gesellschaft mit beschränkter Haftung",
    // French, Italian, Spanish, Portuguese
    "et Cie",
    "& Cie",
    "SCA",
    "SCS",
    "SCSp",
    "SpA",
    "S.p.A.",
    "S.r.l.s.",
    "S.a.s.",
    "S.n.c.",
    "Scarl",
    "SL",
    "S.L.",
    "SLU",
    "SAU",
    "S. Coop.",
    "S.A. de C.V.",
    "S.A.B. de C.V.",
    "S.A.P.I. de C.V.",
    "S. de R.L.",
    "S. de R.L. de C.V.",
    "Ltda",
    "Lda",
    "Limitada",
    "SGPS",
    "EIRELI",
    "S/A",
    "Sociedade anônima",
    // Dutch, Danish, Norwegian, Finnish, Icelandic
    "CVBA",
    "VOF",
    "U.A.",
    "ApS",
    "K/S",
    "I/S",
    "P/S",
    "ASA",
    "Aksjeselskap",
    "Oyj",
    "Abp",
    "Osakeyhtiö",
    "Ky",
    "HB",
    "KB",
    "publ",
    "hf",
    "ehf",
    // Middle and eastern Europe
    "Sp. z o.o.",
    "Sp. z o.o. sp. k.",
    "Sp. k.",
    "Sp. j.",
    "S.K.A.",
    "s.r.o.",
    "spol. s r.o.",
    "a.s.",
    "k.s.",
    "v.o.s.",
    "akciová společnost",
    "společnost s ručením omezeným",
    "Kft",
    "Zrt",
    "Nyrt",
    "Bt",
    "d.o.o.",
    "j.d.o.o.",
    "d.d.",
    "a.d.",
    "ДОО",
    "ООД",
    "ЕООД",
    "АД",
    "ЕАД",
    "OOD",
    "EOOD",
    "EAD",
    // Greek
    "Α.Β.Ε.Ε.",
    "Ε.Π.Ε.",
    "Ι.Κ.Ε.",
    "Ο.Ε.",
    "Ε.Ε.",
    // Turkish
    "A.Ş.",
    "Ltd. Şti.",
    "Anonim Şirketi",
    "Limited Şirketi",
    // Asia
    "Tbk",
    "Persero",
    "Bhd",
    "Berhad",
    "Sdn Bhd",
    "Sendirian Berhad",
    "K.K.",
    "G.K.",
    "Y.K.",
    "Kabushiki Kaisha",
    "Kabushiki Gaisha",
    "Godo Kaisha",
    "Yugen Kaisha",
    "TNHH",
    "ХХК",
    "ХК",
    "ՍՊԸ",
    "ԲԲԸ",
    "ՓԲԸ",
    "लिमिटेड",
    "प्राइवेट लिमिटेड",
    "লিমিটেড",
    "(มหาชน)",
    // Arabic, Hebrew, and Latin spellings used in the Gulf states
    "ذ.م.م",
    "ش.م.م",
    "ش.م.ع",
    "ش.م.ك",
    "ش.م.ل",
    "المحدودة",
    "ذات مسؤولية محدودة",
    "בע\"מ",
    "בעמ",
    "FZE",
    "FZCO",
    "FZ LLC",
    "FZ-LLC",
    "DMCC",
    "W.L.L.",
    "K.S.C.",
    "K.S.C.P.",
    "S.A.E.",
    "S.A.L.",
    "SAOG",
    "SJSC",
    "Q.P.S.C.",
    "B.S.C.",
];

/// Forms at the start or end of a name, with or without a blank.
const JOINED: &[&str] = &[
    // Japan
    "株式会社",
    "株式會社",
    "有限会社",
    "合同会社",
    "合資会社",
    "合名会社",
    "一般社団法人",
    "一般財団法人",
    // China, Taiwan
    "股份有限公司",
    "有限责任公司",
    "有限責任公司",
    "有限公司",
    "股份公司",
    "有限合伙",
    "有限合夥",
    // Korea
    "주식회사",
    "유한회사",
    "유한책임회사",
    "합자회사",
    // Thailand
    "บริษัท",
    "จำกัด",
    "ห้างหุ้นส่วนจำกัด",
];

#[cfg(test)]
mod tests {
    use super::super::names::normalised;

    /// Names with and without their forms.
    #[test]
    fn forms_are_taken_off_at_both_ends() {
        let table = [
            ("ООО «Ромашка»", "ромашка"),
            ("PT Astra Makmur Tbk", "astra makmur"),
            ("PT Rimba (Persero) Tbk", "rimba"),
            ("S.C. Dacora S.R.L.", "dacora"),
            ("S. C. Dacora S. R. L.", "dacora"),
            ("S.C. Johnson", "sc johnson"),
            ("شركة الراجل", "الراجل"),
            ("SIA \"Rimba Latvia\"", "rimba latvia"),
            ("株式会社山田製作所", "山田製作所"),
            ("山田製作所 株式会社", "山田製作所"),
            ("㈱山田製作所", "山田製作所"),
            ("北京星光科技有限公司", "北京星光科技"),
            ("北京星光科技股份有限公司", "北京星光科技"),
            ("(주)한빛전자", "한빛전자"),
            ("한빛전자㈜", "한빛전자"),
            ("주식회사 한빛전자", "한빛전자"),
            ("Talleres Gómez, S.L.", "talleres gomez"),
            ("Ελληνικά Ναυπηγεία Α.Ε.", "ελληνικα ναυπηγεια"),
            ("Żabowski Sp. z o.o.", "zabowski"),
            ("Żabowski Sp. z o. o. Sp. k.", "zabowski"),
            ("AB Sandmo", "sandmo"),
            ("Sandmo AB (publ)", "sandmo"),
            ("Oy Sandmo Ab", "sandmo"),
            ("Société Anonyme des Mines de Lorval", "mines de lorval"),
            ("Société anonyme d’Armement Lorval", "armement lorval"),
            ("Lorval S.à r.l.", "lorval"),
            ("Grün GmbH & Co. KG", "grun"),
            ("Grün Ges.m.b.H.", "grun"),
            ("Grupo Sol, S.A. de C.V.", "grupo sol"),
            ("Yıldız San. A.Ş.", "yildiz san"),
            ("บริษัท สยาม จำกัด (มหาชน)", "สยาม"),
            ("บริษัทสยามจำกัด", "สยาม"),
            ("אור בע\"מ", "אור"),
            ("Công ty TNHH Sao Mai", "sao mai"),
            ("Limited", "limited"),
            ("株式会社", "株式会社"),
            ("AB", "ab"),
        ];
        for (name, bare) in table {
            assert_eq!(normalised(name), bare, "{name}");
        }
    }
}
