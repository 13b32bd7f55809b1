//! Legal forms of companies, in front of a name and at its end, in many scripts.
//!
//! Which forms there are, and how they are shortened, is what the Entity Legal Forms code list of ISO 20275 tells; the
//! choice among them and the spelling are the project's own.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::names::folded;

/// A form as the words of its folded spelling.
type Form = Vec<String>;

struct Forms {
    /// Those at the end of a name, by their last word; longer ones first.
    ends: HashMap<String, Vec<Form>>,
    /// Those in front of a name, by their first word; longer ones first.
    fronts: HashMap<String, Vec<Form>>,
    /// Those that are written without a blank; longer ones first.
    joined: Vec<String>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(Forms::new);

/// Takes the legal forms off the words of a folded name, at both ends, as long as a name is left.
pub(super) fn strip(words: &mut Vec<&str>) {
    let mut is_romanian = false;
    loop {
        if let Some(count) = FORMS.at_end(words) {
            let form = words.split_off(words.len() - count).concat();
            is_romanian |= ROMANIAN_ENDS.contains(&form.as_str());
        } else if let Some(count) = FORMS.in_front(words) {
            words.drain(..count);
            unlink(words);
        } else if let Some(count) = romanian_front(words).filter(|_| is_romanian) {
            words.drain(..count);
        } else if !FORMS.part(words) {
            return;
        }
    }
}

/// Whether a folded name begins with a form to which French joins the name by `d'`.
pub(super) fn is_before_elision(folded: &str) -> bool {
    BEFORE_ELISION.iter().any(|form| folded.strip_prefix(form).is_some_and(|rest| rest.starts_with(" d")))
}

/// "S.C. ... S.R.L.": the first two letters are a form only together with the last three.
fn romanian_front(words: &[&str]) -> Option<usize> {
    match words {
        ["sc", _, ..] => Some(1),
        ["s", "c", _, ..] => Some(2),
        _ => None,
    }
}

/// Takes off what joins a form in front to the name: "Société anonyme des Mines".
fn unlink(words: &mut Vec<&str>) {
    while words.len() > 1 && words.first().is_some_and(|word| LINKS.contains(word)) {
        words.remove(0);
    }
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
        Self { ends: by_word(ends, |form| form.last()), fronts: by_word(fronts, |form| form.first()), joined }
    }

    /// How many words at the end are a form, if a name is left without.
    fn at_end(&self, words: &[&str]) -> Option<usize> {
        let fits = |form: &&Form| {
            words.len() > form.len() && words.iter().rev().zip(form.iter().rev()).all(|(a, b)| a == b)
        };
        self.ends.get(*words.last()?)?.iter().find(fits).map(Vec::len)
    }

    /// How many words in front are a form, if a name is left without.
    fn in_front(&self, words: &[&str]) -> Option<usize> {
        let fits =
            |form: &&Form| words.len() > form.len() && words.iter().zip(form.iter()).all(|(a, b)| a == b);
        self.fronts.get(*words.first()?)?.iter().find(fits).map(Vec::len)
    }

    /// Takes off a form that is written without a blank; whether there was one.
    fn part(&self, words: &mut [&str]) -> bool {
        let last = words.last_mut().filter(|word| !word.is_ascii());
        if let Some(word) = last
            && let Some(name) = self.name_in(|form| word.strip_suffix(form))
        {
            *word = name;
            return true;
        }
        let first = words.first_mut().filter(|word| !word.is_ascii());
        if let Some(word) = first
            && let Some(name) = self.name_in(|form| word.strip_prefix(form))
        {
            *word = name;
            return true;
        }
        false
    }

    fn name_in<'w>(&self, without: impl Fn(&str) -> Option<&'w str>) -> Option<&'w str> {
        self.joined.iter().filter_map(|form| without(form)).find(|name| !name.is_empty())
    }
}

/// The folded spellings of a form: with its points left out, and with a blank after each, as in "S. A.".
fn spellings(form: &str) -> Vec<Form> {
    let words = |text: &str| folded(text).split_whitespace().map(str::to_owned).collect::<Form>();
    let mut all = vec![words(form), words(&form.replace('.', ". ").replace('.', " "))];
    all.dedup();
    all
}

fn by_word(forms: Vec<Form>, word: impl Fn(&Form) -> Option<&String>) -> HashMap<String, Vec<Form>> {
    let mut by_word: HashMap<String, Vec<Form>> = HashMap::new();
    for form in forms {
        if let Some(word) = word(&form).cloned() {
            by_word.entry(word).or_default().push(form);
        }
    }
    by_word.values_mut().for_each(|forms| forms.sort_by_key(|form| std::cmp::Reverse(form.len())));
    by_word
}

/// What stands between a form in front and the name, in French.
const LINKS: &[&str] = &["de", "des", "du", "d", "la", "le", "les", "l"];

const BEFORE_ELISION: &[&str] = &["societe anonyme", "societe a responsabilite limitee", "sa", "sarl", "sas"];

/// The forms that go with S.C. in front.
const ROMANIAN_ENDS: &[&str] = &["srl", "sa", "snc", "scs", "sca"];

/// Forms that stand in front of a name only.
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
    // Russia and its neighbours
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

/// Forms that stand in front of a name or at its end.
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
    "SA",
    "SARL",
    "S.à r.l.",
    "SAS",
    "SASU",
    "SNC",
    "SRL",
    "SPRL",
    "BVBA",
    "NV",
    "BV",
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

/// Forms that stand at the end of a name only.
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
    // Arabic, Hebrew, and how the Gulf writes forms in Latin letters
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

/// Forms that are written in front of a name or at its end, with or without a blank.
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

    /// Names with their form, and without.
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
