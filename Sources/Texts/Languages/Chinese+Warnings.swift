import AQICore
package import Warnings

/// The warnings' people.
extension Chinese {
    package func simulatedPerson(_ role: Role) -> String { "模拟\(signer(role))" }

    package func refusal(_ refusal: Refusal) -> String {
        switch refusal {
        case .unknownPerson(let name, let known):
            "没有名为“\(name)”的人员；配置中有：" + (known.isEmpty ? "无，请添加 [[person]]" : known.joined(separator: "、"))
        case .wrongRole(let name, let role): "\(name) 不是\(signer(role))，现应由后者签署"
        case .signedAlready(let name): "\(name) 已签署过"
        case .otherProposal(let number, let current):
            "建议 \(number) 不存在或已失效" + (current.map { "；现有建议 \($0)，请用 warnings list 查看" } ?? "")
        case .declinedAlready(let number): "建议 \(number) 已被否决"
        case .nothingInForce: "没有生效的预警"
        case .orderStands(let authority): "\(self.authority(authority))的指令仍有效；请先记录其结束或同意"
        case .noOrder(let authority): "没有\(self.authority(authority))的指令"
        case .noHours: "尚无小时数据"
        case .badText(let text): "“\(text)”：需要 1 至 4000 个字符的文字"
        case .badHours: "沙尘时段：须由早到晚，不超过一个月，且不早于两个月前"
        case .unknownArea(let area, let known):
            "没有区域“\(area)”；配置中有：\(known.isEmpty ? "无" : known.joined(separator: "、"))"
        case .needsHigherConsent(let authority, let level):
            "\(warning(level))高于\(self.authority(authority))的区域预警；请先记录其同意：warnings order --from \(authority) --consent \(level)"
        case .needsNoConsent(let authority):
            "\(self.authority(authority))的指令不是区域预警：高于该级别无须同意"
        case .needsConsent: "低于上级指令的级别：须先取得其同意"
        case .forecastNotNewer(let issuer, let issued): "不晚于 \(issuer) 上次发布的预报（\(time(issued))）"
        case .forecastFromFuture(let issued): "发布时间 \(time(issued)) 在未来；请检查时钟"
        case .forecastStopsShort(let last, let hours):
            "预报止于 \(time(last.endingLabel))，不足 \(hours) 小时；文件是否完整？"
        case .forecastContradicts(let day): "同一次发布中 \(day.day.date.iso8601) 有两个不同的值"
        case .forecastOver: "预报中没有未来的小时"
        case .forecastTooFar(let days): "预报中有相距 \(days) 天以上的小时"
        case .tooManyIssuers(let count): "预报发布单位已有 \(count) 个"
        case .noTask, .unknownParty, .wrongStep, .doneAlready, .noNotice, .unknownChannel, .noticeWaits, .notSent:
            taskRefusal(refusal) ?? ""
        }
    }

    package func ledgerLine(_ line: LedgerLine) -> String? {
        let by = line.person.map { "（\($0)）" } ?? ""
        let what = line[.action]
        let cause = Consultations.Cause(rawValue: line[.cause]).map(why) ?? ""
        let why = line.reason.map { "：\($0)" } ?? ""
        return switch line.kind {
        case .proposed: "建议 \(line[.proposal])：\(what)\(by)\(why)"
        case .voided: "建议 \(line[.proposal])（\(what)）已失效，签署作废"
        case .signed: "建议 \(line[.proposal])（\(what)）已签署\(by)"
        case .declined: "建议 \(line[.proposal])（\(what)）被否决\(by)\(why)"
        case .issued: nil
        case .order where line[.scope] == "region":
            "\(authority(line[.from]))区域预警：\(line[.level])\(by)\(why)"
        case .order: "\(authority(line[.from]))指令：\(line[.level])\(by)\(why)"
        case .consent: "\(authority(line[.from]))同意：\(line[.level])\(by)\(why)"
        case .advice: "\(authority(line[.from]))预警建议：\(line[.level])\(by)\(why)"
        case .dustProposed: "可能为沙尘时段；请用 warnings dust 确认或否认"
        case .dustSet: "已认定沙尘时段\(by)\(why)"
        case .dustCleared: "已取消沙尘时段\(by)\(why)"
        case .forecast: "收到 \(line[.issuer]) 的预报\(by)"
        case .consultationDue: "应会商：\(cause)"
        case .consultation: "会商已记录\(by)：\(line[.verdict])"
        case .tasks, .taskAcknowledged, .taskReported, .notice, .noticeHandedOver, .noticeSent, .noticeAcknowledged:
            taskLine(line)
        case .area: "\(line[.area])：\(line[.level])\(by)\(why)"
        }
    }

    private func authority(_ name: String) -> String {
        switch Authority(rawValue: name) {
        case .province: "省"
        case .ministry: "部"
        case nil: name
        }
    }

    package func storedHourJudged(time: String) -> String {
        "\(time)：该小时数据在监测程序未运行时存入数据库，现按预警规则判定"
    }
    package func storedHoursChanged(next time: String) -> String {
        "监测程序未运行时数据库中的小时数据有改动；预警规则将于 \(time) 据此判定"
    }
    package func monitorMustRun(_ path: String) -> String {
        "\(path)：没有监测程序应答，只有运行中的监测程序才能执行；请用 aqi-monitor run 启动"
    }
    package func controlFailed(_ path: String) -> String { "\(path)：监测程序的应答无法读取；版本是否一致？" }
    package func forecastTooLarge(_ path: String, bytes: Int) -> String {
        "\(path)：超过 \(bytes) 字节；请只提供最新一次预报"
    }
    package func draftStands(_ draft: Draft, evidence: String) -> String {
        "建议 \(draft.number)：\(proposes(draft))，\(evidence)"
    }
    private func proposes(_ draft: Draft) -> String {
        let level = warning(draft.event.level)
        return switch draft.event.proposal ?? draft.event.kind {
        case .issued: "发布\(level)"
        case .upgraded: "升级为\(level)"
        case .downgraded: "降级为\(level)"
        case .lifted: "解除\(level)"
        case .proposed: level
        }
    }
    package func draftSigned(_ signature: Draft.Signature) -> String {
        "\(signer(signature.role)) \(signature.person) 已签署，\(time(signature.time))"
    }
    package func draftDeclined(_ decline: Draft.Decline) -> String {
        "\(signer(decline.role)) \(decline.person) 否决，\(time(decline.time))：\(decline.reason)"
    }
    package func draftAwaits(_ role: Role) -> String { "待\(signer(role))签署" }
    package var orderAwaitsFirstHour: String { "第一个小时结束后按要求作出预警决定" }
    package func orderStands(
        from authority: String, _ level: WarningLevel, isRegional: Bool, consent: WarningLevel?
    ) -> String {
        "\(self.authority(authority))\(isRegional ? "区域预警" : "指令")：\(warning(level))"
            + (consent.map { "，同意改为\(warning($0))" } ?? "")
    }
    package func adviceStands(from authority: String, _ level: WarningLevel) -> String {
        "\(self.authority(authority))预警建议：\(warning(level))；会商后决定"
    }
    package func consentIsMissing(of authority: String, to level: WarningLevel) -> String {
        "尚缺\(self.authority(authority))对\(warning(level))的同意：高于其区域预警"
    }
    package func areaLevel(_ area: AreaLevel) -> String {
        "\(area.area)：\(warning(area.level))，\(area.consentBy) 记录同意，\(time(area.time))：\(area.reason)"
    }
    package func dustHours(from first: String, to last: String, isProposed: Bool) -> String {
        isProposed ? "可能为沙尘：\(first) ... \(last)" : "沙尘：\(first) ... \(last)"
    }
    package func forecastInUse(issuer: String, issued: String, through: String) -> String {
        "\(issuer) 的预报，发布于 \(issued)，至 \(through)"
    }
    package func consultationDue(_ cause: Consultations.Cause, by time: String, isOverdue: Bool) -> String {
        "会商\(isOverdue ? "已逾期，应于" : "应于") \(time)：\(why(cause))"
    }
    private func why(_ cause: Consultations.Cause) -> String {
        switch cause {
        case .ordinary: "每周一次"
        case .heatingSeason: "采暖期每日一次"
        case .foreseen: "预测未来 3 至 5 天出现中度及以上污染"
        case .advice: "收到上级预警建议"
        case .heavy: "重污染期间每日两次"
        case .heavyWithoutWarning: "已出现重污染而未发布预警"
        }
    }
    package func skillTitle(_ issuer: String) -> String { "\(issuer) 的日指数预报，按预报天数" }
    package var skillHeader: [String] { ["天", "天数", "偏差", "RMSE", "命中率", "空报率"] }
    package var skillNone: String { "尚无到期的预报" }
    package var baselineIsIndicative: String {
        "仅供参考：内置基线预报不发布任何内容，也不计入预警。24 小时指数的均方根误差："
    }
    private func time(_ instant: Instant) -> String { instant.dateAndClock }
}
