//! What the hosted page says, in its three languages. Each has every text: a missing one does not
//! compile.

use crate::{
    card::Problem,
    numbers::{Behaviour, DeclineCode, Funding},
    records::Language,
};

/// All texts of one language.
pub(crate) struct Texts {
    /// The language's own name.
    pub(crate) own_name: &'static str,
    pub(crate) ribbon: &'static str,
    pub(crate) no_money: &'static str,
    pub(crate) error_prefix: &'static str,
    pub(crate) to_content: &'static str,
    pub(crate) languages: &'static str,
    pub(crate) pay_title: &'static str,
    pub(crate) amount: &'static str,
    pub(crate) reference: &'static str,
    pub(crate) description: &'static str,
    pub(crate) by_card: &'static str,
    pub(crate) by_card_hint: &'static str,
    pub(crate) number: &'static str,
    pub(crate) expiry: &'static str,
    pub(crate) expiry_hint: &'static str,
    pub(crate) security_code: &'static str,
    pub(crate) security_code_hint: &'static str,
    /// The text before the amount on the button, with its space.
    pub(crate) pay: &'static str,
    pub(crate) by_paypal: &'static str,
    pub(crate) by_paypal_hint: &'static str,
    pub(crate) paypal_approve: &'static str,
    pub(crate) paypal_refuse: &'static str,
    /// On the page of a checkout whose method is kept.
    pub(crate) keep_note: &'static str,
    pub(crate) setup_title: &'static str,
    pub(crate) setup_note: &'static str,
    pub(crate) setup_card: &'static str,
    pub(crate) setup_paypal: &'static str,
    pub(crate) setup_problem_title: &'static str,
    pub(crate) setup_question: &'static str,
    pub(crate) setup_other: &'static str,
    pub(crate) kept_title: &'static str,
    pub(crate) kept_text: &'static str,
    pub(crate) setup_expired_title: &'static str,
    pub(crate) setup_expired_text: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) problem_title: &'static str,
    pub(crate) nothing_charged: &'static str,
    pub(crate) numbers_title: &'static str,
    pub(crate) numbers_hint: &'static str,
    pub(crate) column_number: &'static str,
    pub(crate) column_outcome: &'static str,
    pub(crate) challenge_title: &'static str,
    pub(crate) challenge_question: &'static str,
    pub(crate) challenge_card: &'static str,
    pub(crate) challenge_approve: &'static str,
    pub(crate) challenge_refuse: &'static str,
    pub(crate) challenge_other: &'static str,
    pub(crate) paid_title: &'static str,
    pub(crate) paid_text: &'static str,
    pub(crate) to_shop: &'static str,
    pub(crate) expired_title: &'static str,
    pub(crate) expired_text: &'static str,
    pub(crate) late_title: &'static str,
    pub(crate) late_text: &'static str,
    pub(crate) missing_title: &'static str,
    pub(crate) missing_text: &'static str,
    pub(crate) broken_title: &'static str,
    pub(crate) broken_text: &'static str,
    pub(crate) problem: fn(Problem) -> &'static str,
    pub(crate) decline: fn(DeclineCode) -> &'static str,
    pub(crate) outcome: fn(Behaviour) -> &'static str,
    pub(crate) funding: fn(Funding) -> &'static str,
}

/// The texts of a language.
pub(crate) fn of(language: Language) -> &'static Texts {
    match language {
        Language::Chinese => &CHINESE,
        Language::English => &ENGLISH,
        Language::French => &FRENCH,
    }
}

static ENGLISH: Texts = Texts {
    own_name: "English",
    ribbon: "Sandbox",
    no_money: "This is a test page. No money moves, and real cards are refused.",
    error_prefix: "Error: ",
    to_content: "Skip to payment",
    languages: "Language",
    pay_title: "Pay",
    amount: "Amount",
    reference: "Reference",
    description: "For",
    by_card: "Credit or debit card",
    by_card_hint: "Use a number from the table on this page.",
    number: "Card number",
    expiry: "Expiry date",
    expiry_hint: "MM/YY, still to come",
    security_code: "Security code",
    security_code_hint: "Any 3 digits",
    pay: "Pay ",
    by_paypal: "PayPal",
    by_paypal_hint: "In the sandbox you choose what PayPal answers.",
    paypal_approve: "Pay with PayPal",
    paypal_refuse: "Refuse at PayPal",
    keep_note: "The method you pay with is kept, so that the shop can charge it later.",
    setup_title: "Keep a method of payment",
    setup_note: "Nothing is charged now. The shop can charge the method you choose later.",
    setup_card: "Keep this card",
    setup_paypal: "Keep PayPal",
    setup_problem_title: "Nothing has been kept",
    setup_question: "Do you agree that the shop can charge this card later?",
    setup_other: "Keep another method",
    kept_title: "Kept",
    kept_text: "The method is kept. Nothing has been charged.",
    setup_expired_title: "This page has closed",
    setup_expired_text: "Its time is over. Nothing has been kept.",
    cancel: "Cancel and go back to the shop",
    problem_title: "The payment did not go through",
    nothing_charged: "Nothing has been charged.",
    numbers_title: "Test numbers",
    numbers_hint: "Any expiry date to come and any security code go with them. “Later” follows the sandbox clock.",
    column_number: "Number",
    column_outcome: "What happens",
    challenge_title: "Your bank asks",
    challenge_question: "Do you approve this payment?",
    challenge_card: "Card ending in",
    challenge_approve: "Approve",
    challenge_refuse: "Refuse",
    challenge_other: "Pay another way",
    paid_title: "Paid",
    paid_text: "This payment is complete. You will not be charged twice.",
    to_shop: "Back to the shop",
    expired_title: "This payment page has closed",
    expired_text: "It has expired or was cancelled. Nothing has been charged.",
    late_title: "For testers: a payment that arrives too late",
    late_text: "Only this number still captures here:",
    missing_title: "There is no such payment page",
    missing_text: "Check the link, or go back to the shop. Nothing has been charged.",
    broken_title: "Please try again",
    broken_text: "The sandbox could not record this step. Open the page again: it shows whether the step went through.",
    problem: |problem| match problem {
        Problem::NumberMissing => "Enter a card number.",
        Problem::NumberInvalid => "The card number is not right. Check each digit.",
        Problem::NumberNotATestNumber => {
            "This is not a test number. Use one from the table; never type a real card here. Nothing of it has been kept."
        }
        Problem::ExpiryInvalid => "Enter the expiry date as MM/YY, for example 08/34.",
        Problem::ExpiryPast => "This card has expired. Enter a later date or use another card.",
        Problem::SecurityCodeInvalid => "Enter the security code: 3 or 4 digits.",
    },
    decline: |code| match code {
        DeclineCode::GenericDecline | DeclineCode::LostCard | DeclineCode::MethodForgotten => {
            "The bank declined this card. Use another one."
        }
        DeclineCode::InsufficientFunds => {
            "There is not enough money on this card. Use another one."
        }
        DeclineCode::ExpiredCard => "The bank says this card has expired. Use another one.",
        DeclineCode::IncorrectCvc => "The security code is wrong. Check it and try again.",
        DeclineCode::ProcessingError => "The bank could not process this. Try again in a moment.",
        DeclineCode::AuthenticationFailed
        | DeclineCode::AuthenticationAbandoned
        | DeclineCode::AuthenticationRequired => {
            "It was refused on your bank’s page. Try again or choose another method."
        }
        DeclineCode::PayerRefused => "It was refused at PayPal. Try again or use a card.",
    },
    outcome: |behaviour| match behaviour {
        Behaviour::Approved => "Approved",
        Behaviour::Declined => "Declined",
        Behaviour::InsufficientFunds => "Declined: not enough money",
        Behaviour::ExpiredCard => "Declined: card expired",
        Behaviour::IncorrectCvc => "Declined: wrong security code",
        Behaviour::ProcessingError => "Declined: processing error",
        Behaviour::Challenge => {
            "The bank asks first, and before each later charge: approve, refuse or leave"
        }
        Behaviour::WebhookLate => "Approved; the notice comes 30 seconds later",
        Behaviour::WebhookTwice => "Approved; the notice comes twice",
        Behaviour::WebhookNever => "Approved; the notice never comes",
        Behaviour::AmountAltered => "Captures 1.00 less than asked",
        Behaviour::CapturedAfterCancellation => "Approved even after the order was cancelled",
        Behaviour::RefundFailsLater => "Approved; a refund fails 60 seconds later",
        Behaviour::KeptThenDeclined => "Approved; later charges are declined",
        Behaviour::KeptThenShort => {
            "Approved; of later charges, every other one is declined for want of money, the first too"
        }
        Behaviour::KeptThenExpired => "Approved; later charges are declined: card expired",
        Behaviour::KeptThenLost => "Approved; later charges are declined: card lost",
        Behaviour::KeptThenUnknown => {
            "Approved; later charges succeed, but are first answered by an error"
        }
        Behaviour::KeptThenPending => "Approved; later charges succeed 60 seconds later",
        Behaviour::Disputed => "Approved; the bank takes the money back 60 seconds later",
        Behaviour::Inquiry => "Approved; the bank asks about it 60 seconds later",
        Behaviour::FraudWarning => "Approved; the bank warns of fraud 60 seconds later",
    },
    funding: |funding| match funding {
        Funding::Credit => "credit",
        Funding::Debit => "debit",
    },
};

static FRENCH: Texts = Texts {
    own_name: "Français",
    ribbon: "Bac à sable",
    no_money: "Ceci est une page d’essai. Aucun argent ne circule et les vraies cartes sont refusées.",
    error_prefix: "Erreur\u{a0}: ",
    to_content: "Aller au paiement",
    languages: "Langue",
    pay_title: "Payer",
    amount: "Montant",
    reference: "Référence",
    description: "Pour",
    by_card: "Carte de crédit ou de débit",
    by_card_hint: "Utilisez un numéro du tableau de cette page.",
    number: "Numéro de carte",
    expiry: "Date d’expiration",
    expiry_hint: "MM/AA, un mois à venir",
    security_code: "Code de sécurité",
    security_code_hint: "3 chiffres au choix",
    pay: "Payer ",
    by_paypal: "PayPal",
    by_paypal_hint: "Dans le bac à sable, vous choisissez la réponse de PayPal.",
    paypal_approve: "Payer avec PayPal",
    paypal_refuse: "Refuser chez PayPal",
    keep_note: "Le moyen de paiement choisi est conservé, pour que la boutique puisse le débiter plus tard.",
    setup_title: "Conserver un moyen de paiement",
    setup_note: "Rien n’est débité maintenant. La boutique pourra débiter plus tard le moyen choisi.",
    setup_card: "Conserver cette carte",
    setup_paypal: "Conserver PayPal",
    setup_problem_title: "Rien n’a été conservé",
    setup_question: "Acceptez-vous que la boutique puisse débiter cette carte plus tard?",
    setup_other: "Conserver un autre moyen",
    kept_title: "Conservé",
    kept_text: "Le moyen de paiement est conservé. Rien n’a été débité.",
    setup_expired_title: "Cette page est fermée",
    setup_expired_text: "Son délai est écoulé. Rien n’a été conservé.",
    cancel: "Annuler et retourner à la boutique",
    problem_title: "Le paiement n’a pas été effectué",
    nothing_charged: "Rien n’a été débité.",
    numbers_title: "Numéros d’essai",
    numbers_hint: "Ils acceptent toute date d’expiration à venir et tout code de sécurité. «\u{a0}Plus tard\u{a0}» suit l’horloge du bac à sable.",
    column_number: "Numéro",
    column_outcome: "Ce qui se passe",
    challenge_title: "Votre banque vous demande",
    challenge_question: "Approuvez-vous ce paiement?",
    challenge_card: "Carte se terminant par",
    challenge_approve: "Approuver",
    challenge_refuse: "Refuser",
    challenge_other: "Payer autrement",
    paid_title: "Payé",
    paid_text: "Ce paiement est terminé. Vous ne serez pas débité deux fois.",
    to_shop: "Retourner à la boutique",
    expired_title: "Cette page de paiement est fermée",
    expired_text: "Elle a expiré ou a été annulée. Rien n’a été débité.",
    late_title: "Pour les essais\u{a0}: un paiement arrivé trop tard",
    late_text: "Seul ce numéro est encore encaissé ici\u{a0}:",
    missing_title: "Cette page de paiement n’existe pas",
    missing_text: "Vérifiez le lien ou retournez à la boutique. Rien n’a été débité.",
    broken_title: "Veuillez réessayer",
    broken_text: "Le bac à sable n’a pas pu enregistrer cette étape. Rouvrez la page\u{a0}: elle indique si l’étape a été effectuée.",
    problem: |problem| match problem {
        Problem::NumberMissing => "Entrez un numéro de carte.",
        Problem::NumberInvalid => "Le numéro de carte est inexact. Vérifiez chaque chiffre.",
        Problem::NumberNotATestNumber => {
            "Ce n’est pas un numéro d’essai. Utilisez un numéro du tableau; n’entrez jamais une vraie carte ici. Rien n’en a été conservé."
        }
        Problem::ExpiryInvalid => "Entrez la date d’expiration au format MM/AA, par exemple 08/34.",
        Problem::ExpiryPast => {
            "Cette carte est expirée. Entrez une date ultérieure ou utilisez une autre carte."
        }
        Problem::SecurityCodeInvalid => "Entrez le code de sécurité\u{a0}: 3 ou 4 chiffres.",
    },
    decline: |code| match code {
        DeclineCode::GenericDecline | DeclineCode::LostCard | DeclineCode::MethodForgotten => {
            "La banque a refusé cette carte. Utilisez-en une autre."
        }
        DeclineCode::InsufficientFunds => {
            "Les fonds sont insuffisants sur cette carte. Utilisez-en une autre."
        }
        DeclineCode::ExpiredCard => {
            "La banque indique que cette carte est expirée. Utilisez-en une autre."
        }
        DeclineCode::IncorrectCvc => "Le code de sécurité est erroné. Vérifiez-le et réessayez.",
        DeclineCode::ProcessingError => {
            "La banque n’a pas pu traiter la demande. Réessayez dans un instant."
        }
        DeclineCode::AuthenticationFailed
        | DeclineCode::AuthenticationAbandoned
        | DeclineCode::AuthenticationRequired => {
            "Vous avez refusé sur la page de votre banque. Réessayez ou choisissez un autre moyen."
        }
        DeclineCode::PayerRefused => {
            "Vous avez refusé chez PayPal. Réessayez ou utilisez une carte."
        }
    },
    outcome: |behaviour| match behaviour {
        Behaviour::Approved => "Approuvé",
        Behaviour::Declined => "Refusé",
        Behaviour::InsufficientFunds => "Refusé\u{a0}: fonds insuffisants",
        Behaviour::ExpiredCard => "Refusé\u{a0}: carte expirée",
        Behaviour::IncorrectCvc => "Refusé\u{a0}: code de sécurité erroné",
        Behaviour::ProcessingError => "Refusé\u{a0}: erreur de traitement",
        Behaviour::Challenge => {
            "La banque demande d’abord, et avant chaque débit ultérieur\u{a0}: approuver, refuser ou partir"
        }
        Behaviour::WebhookLate => "Approuvé; l’avis arrive 30 secondes plus tard",
        Behaviour::WebhookTwice => "Approuvé; l’avis arrive deux fois",
        Behaviour::WebhookNever => "Approuvé; l’avis n’arrive jamais",
        Behaviour::AmountAltered => "Encaisse 1,00 de moins que demandé",
        Behaviour::CapturedAfterCancellation => "Approuvé même après l’annulation de la commande",
        Behaviour::RefundFailsLater => "Approuvé; le remboursement échoue 60 secondes plus tard",
        Behaviour::KeptThenDeclined => "Approuvé; les débits ultérieurs sont refusés",
        Behaviour::KeptThenShort => {
            "Approuvé; des débits ultérieurs, un sur deux est refusé faute de fonds, dont le premier"
        }
        Behaviour::KeptThenExpired => {
            "Approuvé; les débits ultérieurs sont refusés\u{a0}: carte expirée"
        }
        Behaviour::KeptThenLost => {
            "Approuvé; les débits ultérieurs sont refusés\u{a0}: carte perdue"
        }
        Behaviour::KeptThenUnknown => {
            "Approuvé; les débits ultérieurs réussissent, mais la première réponse est une erreur"
        }
        Behaviour::KeptThenPending => {
            "Approuvé; les débits ultérieurs réussissent 60 secondes plus tard"
        }
        Behaviour::Disputed => "Approuvé; la banque reprend l’argent 60 secondes plus tard",
        Behaviour::Inquiry => "Approuvé; la banque se renseigne 60 secondes plus tard",
        Behaviour::FraudWarning => "Approuvé; la banque avertit d’une fraude 60 secondes plus tard",
    },
    funding: |funding| match funding {
        Funding::Credit => "crédit",
        Funding::Debit => "débit",
    },
};

static CHINESE: Texts = Texts {
    own_name: "中文",
    ribbon: "测试",
    no_money: "这是测试页面，不会有任何资金流动，也不接受真实银行卡。",
    error_prefix: "错误：",
    to_content: "跳到付款",
    languages: "语言",
    pay_title: "付款",
    amount: "金额",
    reference: "商户订单号",
    description: "项目",
    by_card: "信用卡或借记卡",
    by_card_hint: "请使用本页表格中的卡号。",
    number: "银行卡号",
    expiry: "有效期",
    expiry_hint: "月/年（MM/YY），未过期即可",
    security_code: "安全码",
    security_code_hint: "任意 3 位数字",
    pay: "支付 ",
    by_paypal: "PayPal",
    by_paypal_hint: "在测试环境中，由您决定 PayPal 的答复。",
    paypal_approve: "用 PayPal 支付",
    paypal_refuse: "在 PayPal 拒绝",
    keep_note: "您所用的付款方式将被保存，商户日后可以用它扣款。",
    setup_title: "保存付款方式",
    setup_note: "现在不会扣款。商户日后可以用您选择的方式扣款。",
    setup_card: "保存此卡",
    setup_paypal: "保存 PayPal",
    setup_problem_title: "没有保存",
    setup_question: "您是否同意商户日后用此卡扣款？",
    setup_other: "换一种方式",
    kept_title: "已保存",
    kept_text: "付款方式已保存。没有扣款。",
    setup_expired_title: "此页面已关闭",
    setup_expired_text: "页面已过期。没有保存任何付款方式。",
    cancel: "取消并返回商户",
    problem_title: "付款没有成功",
    nothing_charged: "没有扣款。",
    numbers_title: "测试卡号",
    numbers_hint: "有效期填任意未来月份，安全码任意。“之后”以测试时钟为准。",
    column_number: "卡号",
    column_outcome: "结果",
    challenge_title: "您的银行需要确认",
    challenge_question: "您是否同意这笔付款？",
    challenge_card: "银行卡尾号",
    challenge_approve: "同意",
    challenge_refuse: "拒绝",
    challenge_other: "换一种方式付款",
    paid_title: "已付款",
    paid_text: "这笔付款已完成，不会重复扣款。",
    to_shop: "返回商户",
    expired_title: "此付款页面已关闭",
    expired_text: "页面已过期或订单已取消。没有扣款。",
    late_title: "测试用：迟到的付款",
    late_text: "此处只有这个卡号仍会扣款：",
    missing_title: "没有这个付款页面",
    missing_text: "请检查链接，或返回商户。没有扣款。",
    broken_title: "请重试",
    broken_text: "测试系统未能记录这一步。请重新打开页面，页面会显示这一步是否成功。",
    problem: |problem| match problem {
        Problem::NumberMissing => "请填写银行卡号。",
        Problem::NumberInvalid => "银行卡号不正确，请逐位核对。",
        Problem::NumberNotATestNumber => {
            "这不是测试卡号。请使用表格中的卡号，切勿在此填写真实银行卡。您填写的内容没有保存。"
        }
        Problem::ExpiryInvalid => "请按“月/年”填写有效期，例如 08/34。",
        Problem::ExpiryPast => "此卡已过期。请填写更晚的日期，或换一张卡。",
        Problem::SecurityCodeInvalid => "请填写 3 位或 4 位安全码。",
    },
    decline: |code| match code {
        DeclineCode::GenericDecline | DeclineCode::LostCard | DeclineCode::MethodForgotten => {
            "银行拒绝了此卡，请换一张卡。"
        }
        DeclineCode::InsufficientFunds => "此卡余额不足，请换一张卡。",
        DeclineCode::ExpiredCard => "银行表示此卡已过期，请换一张卡。",
        DeclineCode::IncorrectCvc => "安全码不正确，请核对后重试。",
        DeclineCode::ProcessingError => "银行未能处理，请稍后重试。",
        DeclineCode::AuthenticationFailed
        | DeclineCode::AuthenticationAbandoned
        | DeclineCode::AuthenticationRequired => "在银行页面被拒绝。请重试，或换一种方式。",
        DeclineCode::PayerRefused => "在 PayPal 被拒绝。请重试，或用银行卡。",
    },
    outcome: |behaviour| match behaviour {
        Behaviour::Approved => "付款成功",
        Behaviour::Declined => "被拒绝",
        Behaviour::InsufficientFunds => "被拒绝：余额不足",
        Behaviour::ExpiredCard => "被拒绝：卡已过期",
        Behaviour::IncorrectCvc => "被拒绝：安全码不正确",
        Behaviour::ProcessingError => "被拒绝：处理出错",
        Behaviour::Challenge => "银行先确认，日后每次扣款前也要确认：同意、拒绝或离开",
        Behaviour::WebhookLate => "付款成功；通知 30 秒之后才到",
        Behaviour::WebhookTwice => "付款成功；通知会到两次",
        Behaviour::WebhookNever => "付款成功；通知永远不到",
        Behaviour::AmountAltered => "实际扣款比应付少 1.00",
        Behaviour::CapturedAfterCancellation => "订单取消后仍付款成功",
        Behaviour::RefundFailsLater => "付款成功；退款 60 秒之后失败",
        Behaviour::KeptThenDeclined => "付款成功；日后扣款被拒绝",
        Behaviour::KeptThenShort => "付款成功；日后扣款从第一次起隔次因余额不足被拒绝",
        Behaviour::KeptThenExpired => "付款成功；日后扣款被拒绝：卡已过期",
        Behaviour::KeptThenLost => "付款成功；日后扣款被拒绝：卡已挂失",
        Behaviour::KeptThenUnknown => "付款成功；日后扣款成功，但第一次答复是错误",
        Behaviour::KeptThenPending => "付款成功；日后扣款 60 秒之后才成功",
        Behaviour::Disputed => "付款成功；60 秒之后银行提出争议并收回款项",
        Behaviour::Inquiry => "付款成功；60 秒之后银行来查询，暂不收回款项",
        Behaviour::FraudWarning => "付款成功；60 秒之后银行发出欺诈预警",
    },
    funding: |funding| match funding {
        Funding::Credit => "信用卡",
        Funding::Debit => "借记卡",
    },
};
