//! No code without its texts, in any language.

use farline_app::ProblemCode;
use farline_app::wording::business::RegisteredTax;
use farline_app::wording::{payment_method, problem, refund_reason, refusal};
use farline_domain::kernel::Language;
use farline_domain::orders::Stage;
use farline_domain::payments::PaymentMethod;
use farline_texts::{Words, keys};

use super::samples::{reasons, refund_reasons, refusals};

/// A text that is there and says something.
fn check(text: &str) {
    assert!(!text.contains('⟦') && !text.trim().is_empty(), "{text}");
}

#[test]
fn every_notice_reason_has_its_five_texts() {
    for language in Language::ALL {
        let words = Words::of(language);
        for reason in reasons() {
            for part in ["subject", "lead", "next", "sms", "line"] {
                let key = format!("notice-{}-{part}", reason.code());
                assert!(words.knows(&key), "{}: {key}", language.tag());
            }
        }
    }
}

#[test]
fn every_problem_has_a_title_and_says_what_to_do() {
    for language in Language::ALL {
        let words = Words::of(language);
        for code in ProblemCode::ALL {
            let (title, detail) = problem(words, *code);
            check(&title);
            check(&detail);
            assert!(!title.ends_with(['.', '。']), "a title has no full stop: {title}");
            assert!(detail.ends_with(['.', '。']), "{detail}");
        }
        for money in ["no", "yes", "unknown"] {
            check(&words.say(&format!("problem-money-{money}")));
        }
    }
}

#[test]
fn every_refusal_refund_and_way_to_pay_has_its_text() {
    for language in Language::ALL {
        let words = Words::of(language);
        let mut texts: Vec<String> = refusals().map(|one| refusal(words, one)).collect();
        texts.extend(refund_reasons().map(|one| refund_reason(words, one)));
        texts.extend(PaymentMethod::ALL.map(|one| payment_method(words, one)));
        texts.extend(RegisteredTax::ALL.map(|one| one.label(words)));
        for text in texts {
            check(&text);
        }
        for stage in Stage::ALL {
            check(&words.say(&format!("order-state-{}", stage.code().replace('_', "-"))));
        }
    }
}

#[test]
fn no_text_of_a_problem_is_left_behind() {
    let known: Vec<&str> = ProblemCode::ALL.iter().map(|code| code.code()).collect();
    for key in keys(Language::EnCa) {
        let Some(word) = key.strip_prefix("problem-") else { continue };
        let of_pages = word.starts_with("page-") || matches!(word, "request" | "home");
        let of_money = word.starts_with("money-");
        let code = word.strip_suffix("-detail").unwrap_or(word);
        assert!(of_pages || of_money || known.contains(&code), "{key} belongs to no code");
    }
}
