import AQICore
import Response
import Texts
import Warnings

/// How warnings become messages of the release centre.
package struct CAPOptions: Sendable {
    package let sender: CAPMessage.Sender
    package var status: CAPMessage.Status = .actual
    /// The release centre's code for heavy-pollution weather; without it the event is named in words of our own.
    package var eventCode: String?

    package init(sender: CAPMessage.Sender) { self.sender = sender }
}

extension DocumentSource {
    /// The messages of all notices, oldest first, each with the references of those before it that it replaces.
    ///
    /// An issue is an Alert; an upgrade, a downgrade, and a lift together with the next issue are Updates; a lift is a Cancel.
    package func messages(_ options: CAPOptions) -> [CAPMessage] {
        var messages: [CAPMessage] = []
        /// What stands of the warning so far.
        var standing: [CAPMessage] = []
        for notice in PublicNotice.all(of: changes) {
            guard let change = notice.changes.last else { continue }
            let kind: CAPMessage.Kind =
                switch (notice.changes.first?.event.kind, change.event.kind) {
                case (_, .lifted): .cancel
                case (.issued, .issued): .alert
                default: .update
                }
            if kind == .alert { standing = [] }
            // What cancels or updates nothing that is known is a message of its own.
            let isFirst = standing.isEmpty
            let unexpired = standing.filter { $0.expires.map { $0 > notice.issued } ?? true }
            var message = CAPMessage(
                sender: options.sender, sent: notice.issued, status: options.status,
                kind: isFirst && kind == .update ? .alert : kind,
                note: options.status == .exercise ? Language.chinese.words.label(.exercise) : nil,
                references: (unexpired.isEmpty ? standing.suffix(1) : unexpired[...]).map(\.reference),
                infos: Language.forAlerts.map { info(notice, change, options, in: $0) })
            message.sequence = messages.count { $0.sent == message.sent }
            guard !(isFirst && kind == .cancel), message.sequence < 10 else { continue }
            messages.append(message)
            standing = kind == .cancel ? [] : standing + [message]
        }
        return messages
    }

    private func info(_ notice: PublicNotice, _ change: Change, _ options: CAPOptions, in language: Language)
        -> CAPMessage.Info
    {
        let words = language.words
        let event = change.event
        let isLift = event.kind == .lifted
        let titles = notice.changes.map { words.change($0.event.kind, $0.event.level) }
        let text = bulletinText(notice, in: language)
        let starts = isLift ? nil : event.spell?.starts.beginning
        return CAPMessage.Info(
            language: language == .english ? "en-US" : "zh-CN",
            event: words.label(.heavyPollution),
            responseType: isLift ? "AllClear" : "Execute",
            urgency: urgency(of: change, starts: starts), severity: event.level.severity,
            certainty: event.certainty, audience: words.label(.areasAndDepartments),
            eventCode: options.eventCode.map { ("eventType", $0) } ?? ("aqi-monitor", "heavy-pollution"),
            effective: change.issued, onset: starts, expires: expiry(of: change), senderName: issuer(words),
            headline: words.noticeTitle(city: words.text(response.city.name), titles), description: text.description,
            instruction: isLift ? nil : text.instruction,
            parameters: [
                ("warningLevel", event.level.rawValue), ("response", event.level.response),
                ("warningNumber", "\(event.number)"),
            ],
            areas: [(fields.area ?? words.text(response.city.name), response.city.code)]
                + response.areas.map { (words.text($0.name), $0.code) })
    }

    /// The facts of the notice, and what it asks of everybody.
    private func bulletinText(_ notice: PublicNotice, in language: Language)
        -> (description: String, instruction: String?)
    {
        let words = language.words
        let facts = self.notice(notice, in: language).blocks.flatMap { block -> [Document.Fact] in
            if case .facts(let facts) = block { facts } else { [] }
        }
        let lines = facts.compactMap { fact in fact.value.map { "\(fact.name): \($0)" } }
        guard let change = notice.changes.last else { return ("", nil) }
        let measures = response.measures(in: Situation(level: change.event.level)).filter {
            !$0.measure.kind.isMandatory && $0.status == .runs
        }
        return (
            lines.joined(separator: "\n"), measures.map { words.text($0.measure.text) }.joined(separator: "\n")
        )
    }

    /// Immediate where the pollution is here, or nobody knows; Expected within the hour; Future; Past for a lift (CAP 1.2, 3.2.2).
    private func urgency(of change: Change, starts: Instant?) -> String {
        if change.event.kind == .lifted { return "Past" }
        guard !change.event.isEmergency, let starts else { return "Immediate" }
        if starts <= change.issued { return "Immediate" }
        return starts - change.issued <= 3600 ? "Expected" : "Future"
    }

    /// The end of the spell and the 36 h that a lift looks ahead, a day at least: what is in force must not run out in between.
    /// A lift, and a level that was only ordered: a day. **[ours]**
    private func expiry(of change: Change) -> Instant {
        let day = change.issued + 86_400
        guard change.event.kind != .lifted, let spell = change.event.spell else { return day }
        return max(day, spell.last.endingLabel + 36 * 3600)
    }
}

extension Language {
    /// Chinese first: what receivers show that understand no language element.
    fileprivate static let forAlerts: [Language] = [.chinese, .english]
}

extension WarningLevel {
    /// CAP's word: yellow 较重, orange 严重, red 特别严重.
    fileprivate var severity: String {
        switch self {
        case .yellow: "Moderate"
        case .orange: "Severe"
        case .red: "Extreme"
        }
    }
}

extension WarningEvent {
    /// What was measured is Observed, what is foreseen is Likely; what was ordered nobody here has judged.
    fileprivate var certainty: String {
        switch basis {
        case .observed: "Observed"
        case .forecast: "Likely"
        case .order, .operator: "Unknown"
        }
    }
}
