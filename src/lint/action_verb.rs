//! `action-verb`: corrective actions that do not begin with what to do.

use super::rule::{Check, Findings, Part, Rule, Scope};
use crate::diag::Severity;
use crate::passage::Passage;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: "action-verb",
    title: "应对措施没有以动作开头",
    severity: Severity::Warning,
    what: "每条应对措施（actions）的头一个字。以“停、查、换、拨、请、不”等动作或者“从、把、按”等引出动作的字开头的不报；以“消费者、家长、产品、建议、可以、如果”等开头的报。",
    why: "逐条列出、以动作开头的下一步，读者反应最快（英国 BEIS 研究报告 2020/033）；“建议”“可以”会让人以为做不做都行。",
    how: "把动作提到最前：“消费者应停止使用”改成“停止使用”，“如果鼓包，请停用”改成“停用鼓包的移动电源”。",
    check: Check::Passage(check),
    bad: &[Part::Front("actions:\n  - 消费者应当停止使用\n  - 建议退货")],
    good: &[Part::Front("actions:\n  - 停止使用\n  - 联系销售者退货")],
};

/// Characters with which an action, or words that lead to one, may begin.
const BEGINNINGS: &str = "一三不丢严举买了交享从付休传估住作佩使依促保修俯倒做停储催充先入公关再写冲冷冻准减凑凭出分切别到制刷削剔剪割劝加务助勤勿包区千升协卖卷卸压参及发取叠叫召吃合吊吐向含听启吹告呼咨哄唤售商喊喝嗅回固图在坐垫埋堵塞填增声处备复套委存学守安定实宣对寻导封将尝就尽展履巡布带帮常平应开弃引张弯录必忌快念悬意慎慢憋截戴扎扑打扔托扣执扫扶找承抄把抓投折抚抢护报披抬抱抵抹抽拆拉拍拎拒拔拦拧拨拼拿持挂按挡挪捂捆捋捏捞换掌掐排接控推掩描提插握揭搁搜搬携摄摆摘摸撑撕撤擦攒支收改放救教散敲整敷断时明晃晒普晾更服松架查标核检止每比求沾泄泡注洗派测浸涂涮清滚滤滴漂漏漱灭炒炸点烘烤烫热焊焖焯煎照煮熄熔熟熨爬牵理用由申留疏登监盖相看督知砸确碰磨示禁离称移稀稳穿立站等签算管系索紧约组织经绑绕给绝绷缝缠网置翻联聘背脱自莫落蒸藏行补裁装裹要见观解警计订认让记讲设证评识试询误说请读调谨购贴赔走起越趴跨踏踢踩蹲躲躺车转轻载输辨边运返还远连退送逃选逐通速造遇遮遵避邀配释量鉴钻铺锁闭问闻阅防降限陪随隔集露静靠顶顺须预领马验";

fn check(passage: &Passage, _: &Scope<'_>, findings: &mut Findings) {
    if passage.field() != Some("actions") {
        return;
    }
    let text = passage.text.trim_start_matches(|sign: char| !sign.is_alphabetic());
    let Some(first) = text.chars().next().filter(|first| !BEGINNINGS.contains(*first) && !first.is_ascii()) else {
        return;
    };
    let start = passage.text.len() - text.len();
    findings
        .mark(passage, start..start + first.len_utf8(), "这条应对措施不是以动作开头")
        .hint("请把动作提到最前，例如“停止使用……”“核对……”“联系销售者……”");
}

#[cfg(test)]
mod tests {
    use super::super::tests::marked_in;
    use super::*;

    fn found(action: &str) -> bool {
        let front = format!("actions:\n  - {action}").leak();
        !marked_in(&RULE, &[Part::Front(front)]).is_empty()
    }

    #[test]
    fn what_does_not_begin_with_an_action_is_found() {
        for action in [
            "消费者停止使用",
            "家长看护好孩子",
            "建议退货",
            "可以退货",
            "如果鼓包请停用",
            "产品应停用",
            "电池鼓包时停用",
            "老人要扶稳",
            "“消费者”停用",
        ] {
            assert!(found(action), "{action}");
        }
    }

    #[test]
    fn actions_pass() {
        for action in [
            "立即停止使用",
            "不要拆解",
            "请勿改装",
            "从正规渠道购买",
            "把旧电池交回",
            "“三看”再买",
            "拨打 12315",
            "按标签使用",
            "3 分钟内离开",
            "尽快更换",
            "先量后买",
        ] {
            assert!(!found(action), "{action}");
        }
    }
}
