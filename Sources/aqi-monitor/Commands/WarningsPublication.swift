import AQICore
import ArgumentParser
import Response
import Texts
import Warnings

struct WarningsPublication: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publication",
        abstract:
            "How the newest notice goes to the public: handed over, sent by each channel, acknowledged, repeated.",
        discussion: """
            EXAMPLES
              aqi-monitor warnings publication
              aqi-monitor warnings publication handover 2 --as 李四
              aqi-monitor warnings publication sent 2 --channel radio --as 李四
            """,
        subcommands: [
            PublicationList.self, PublicationHandOver.self, PublicationSent.self, PublicationAcknowledged.self,
        ], defaultSubcommand: PublicationList.self)
}

struct PublicationList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The newest notice, channel by channel: last sent, next due, overdue.",
        discussion: """
            Asks the running monitor; without one it shows what the store has.

            EXAMPLES
              aqi-monitor warnings publication list
              aqi-monitor warnings publication list --all --json --store air.db
            """)

    @Flag(help: "Also earlier notices.")
    var all = false

    @OptionGroup var monitor: MonitorOptions

    @Flag(help: "A line of JSON a notice.")
    var json = false

    @OptionGroup var common: CommonOptions

    mutating func run() async throws {
        let (status, now) = try await monitor.warnings()
        let notices = status.response?.notices.notices ?? []
        let (words, plan) = (Session.words, try monitor.response())
        var output = try Output(path: nil)
        for notice in all ? notices : notices.suffix(1) {
            let isNewest = notice.number == notices.last?.number
            let lines =
                json
                ? [notice.json(at: now, isNewest, in: plan).line]
                : words.lines(of: notice, at: now, isNewest, in: plan)
            for line in lines { try output.line(line.harmless) }
        }
        if notices.isEmpty, !json { try output.line(words.noNotice) }
        try output.finish()
    }
}

/// What the commands that record a step of a notice have in common.
struct NoticeOptions: ParsableArguments {
    @Argument(help: "The number of the notice, as publication list shows it.")
    var notice: Int

    @OptionGroup var desk: DeskOptions
}

struct PublicationHandOver: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "handover", abstract: "The notice went to the release centre (预警信息发布中心).",
        discussion: """
            EXAMPLE
              aqi-monitor warnings publication handover 2 --as 李四
            """)

    @OptionGroup var options: NoticeOptions

    mutating func run() async throws { try await options.desk.carryOut(.handOver(notice: options.notice)) }
}

struct PublicationSent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sent", abstract: "A channel sent the notice, for the first time or again.",
        discussion: """
            EXAMPLE
              aqi-monitor warnings publication sent 2 --channel radio --as 李四
            """)

    @Option(help: "The channel, by its id or name.")
    var channel: String

    @OptionGroup var options: NoticeOptions

    mutating func run() async throws {
        try await options.desk.carryOut(.sent(notice: options.notice, channel: channel))
    }
}

struct PublicationAcknowledged: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledged", abstract: "A channel confirmed that the notice is out.",
        discussion: """
            EXAMPLE
              aqi-monitor warnings publication acknowledged 2 --channel radio --as 李四
            """)

    @Option(help: "The channel, by its id or name.")
    var channel: String

    @OptionGroup var options: NoticeOptions

    mutating func run() async throws {
        try await options.desk.carryOut(.acknowledged(notice: options.notice, channel: channel))
    }
}

// MARK: - As lines

extension Words {
    /// What a notice tells.
    func text(of notice: Notice) -> String {
        notice.events.map { warningEvent($0.kind, $0.level, signedBy: nil) }.joined(separator: " + ")
    }

    /// A notice, and how it goes on each channel. Only the newest is still sent.
    func lines(of notice: Notice, at now: Instant, _ isNewest: Bool, in plan: ResponsePlan) -> [String] {
        var lines = ["\(notice.number)  \(text(of: notice))  \(notice.time.dateAndClock)"]
        if isNewest, notice.isHeld(at: now) { lines.append("   " + noticeWaits(until: notice.start.dateAndClock)) }
        lines.append(
            "   "
                + (notice.handedOver.map { noticeHandedOver(by: $0.person, $0.time.dateAndClock) }
                    ?? noticeIsNotHandedOver))
        lines += notice.sendings.compactMap { sending in
            line(of: sending, isNewest ? notice : nil, at: now, in: plan).map { "   " + $0.text }
        }
        return lines
    }

    /// Who has not passed the newest notice on in time.
    func overdueLines(of notice: Notice, at now: Instant, in plan: ResponsePlan) -> [String] {
        let handOver = notice.handedOver == nil && now > notice.start ? [noticeIsNotHandedOver] : []
        return handOver
            + notice.sendings.compactMap { line(of: $0, notice, at: now, in: plan) }.filter(\.isOverdue).map(\.text)
    }

    /// A channel; with the newest notice also when it is due next.
    private func line(
        of sending: Notice.Sending, _ newest: Notice?, at now: Instant, in plan: ResponsePlan
    ) -> (text: String, isOverdue: Bool)? {
        guard let channel = plan.channels.first(where: { $0.id == sending.channel }) else { return nil }
        let due = newest?.due(channel, at: now)
        let text = noticeOn(
            text(channel.name), times: sending.times, last: sending.last?.dateAndClock,
            acknowledgedBy: sending.acknowledged?.person, due: due?.time.dateAndClock,
            isOverdue: due?.isOverdue ?? false)
        return (text, due?.isOverdue ?? false)
    }
}

extension Notice {
    fileprivate func json(at now: Instant, _ isNewest: Bool, in plan: ResponsePlan) -> JSON {
        .object([
            ("notice", .integer(Int64(number))),
            (
                "events",
                .array(
                    events.map { told in
                        .object([
                            ("event", .string(told.kind.rawValue)), ("level", .string(told.level.rawValue)),
                            ("spell", .integer(Int64(told.warning))),
                        ])
                    })
            ), ("time", .string(time.iso8601)), ("start", .string(start.iso8601)),
            ("held", .bool(isNewest && isHeld(at: now))), ("handedOver", json(handedOver)),
            (
                "channels",
                .array(
                    sendings.map { sending in
                        let due = plan.channels.first { $0.id == sending.channel }.flatMap {
                            isNewest ? self.due($0, at: now) : nil
                        }
                        return .object([
                            ("channel", .string(sending.channel)), ("times", .integer(Int64(sending.times))),
                            ("last", .string(orNull: sending.last?.iso8601)),
                            ("acknowledged", json(sending.acknowledged)), ("due", .string(orNull: due?.time.iso8601)),
                            ("overdue", .bool(due?.isOverdue ?? false)),
                        ])
                    })
            ),
        ])
    }

    private func json(_ step: Step?) -> JSON {
        guard let step else { return .null }
        return .object([("person", .string(step.person)), ("time", .string(step.time.iso8601))])
    }
}
