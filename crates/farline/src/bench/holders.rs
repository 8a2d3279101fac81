//! Who holds the lines of a benchmark: as many different names as a million people have, a third each written
//! in Chinese, in English and in French.

use farline_domain::lines::HolderName;

const FAMILIES: [&str; 20] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗",
];
const GIVEN: [&str; 40] = [
    "明", "静", "伟", "雅", "建", "思", "敏", "涵", "燕", "强", "洁", "轩", "兰", "文", "国", "远",
    "子", "晓", "志", "梦", "宇", "秀", "丽", "军", "磊", "涛", "超", "艳", "霞", "平", "刚", "桂",
    "英", "华", "玉", "萍", "红", "鑫", "浩", "欣",
];
const SYLLABLES: [&str; 24] = [
    "bel", "cor", "dan", "el", "fer", "gal", "hart", "is", "jor", "kel", "lau", "mar", "nor", "ol",
    "per", "quin", "rose", "sam", "tre", "val", "wen", "yor", "zan", "ver",
];
const ACCENTED: [&str; 8] = ["é", "ë", "è", "ai", "y", "ie", "on", "a"];

/// The name of the n-th holder, and what somebody would type of it.
pub(crate) struct Holder {
    /// The whole name.
    pub(crate) name: String,
    /// The given name.
    pub(crate) given: String,
    /// The family name.
    pub(crate) family: String,
}

impl Holder {
    /// Of a line.
    pub(crate) fn of(index: u32) -> Self {
        let spread = usize::try_from(index.wrapping_mul(2_654_435_761)).unwrap_or_default();
        let pick = |of: &[&'static str], by: usize| of[spread / by % of.len()];
        match index % 3 {
            0 => {
                let (family, given) = (pick(&FAMILIES, 7), pick(&GIVEN, 200));
                let given = format!("{given}{}", pick(&GIVEN, 10_000));
                Self { name: format!("{family}{given}"), given, family: family.to_owned() }
            }
            language => {
                let end = if language == 1 { "ton" } else { pick(&ACCENTED, 13) };
                let given = format!("{}{}", pick(&SYLLABLES, 5), pick(&ACCENTED, 120));
                let (first, second) = (pick(&SYLLABLES, 1000), pick(&SYLLABLES, 50_000));
                let family = format!("{first}{second}{end}");
                Self { name: format!("{given} {family}"), given, family }
            }
        }
    }

    /// As it is kept.
    pub(crate) fn kept(&self) -> Option<HolderName> {
        HolderName::parse(&self.name).ok()
    }
}
