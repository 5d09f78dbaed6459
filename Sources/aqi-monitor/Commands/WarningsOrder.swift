import ArgumentParser
import Texts
import Warnings

struct WarningsOrder: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract:
            "Takes in an order of the province or the ministry, its end, its consent to another level, or an advice.",
        discussion: """
            EXAMPLES
              aqi-monitor warnings order --from province --level orange --as 李四 --reason "冀气领办〔2026〕12号"
              aqi-monitor warnings order --from province --level orange --regional --as 李四 --reason "区域预警〔2026〕3号"
              aqi-monitor warnings order --from province --level none --as 李四 --reason "lifted at 18:00"
              aqi-monitor warnings order --from province --consent yellow --as 李四 --reason "by telephone, 王五"
              aqi-monitor warnings order --from province --advice orange --as 李四 --reason "预警建议〔2026〕7号"
            """)

    @Option(help: "province or ministry.")
    var from: Authority

    @Option(help: "yellow, orange, red, or none to end it.")
    var level: LevelOption?

    @Option(
        help:
            "The level to which the authority lets its order be lowered, or its regional warning be exceeded: yellow, orange, red."
    )
    var consent: WarningLevel?

    @Option(help: "It is an advice (预警建议) of this level, which asks for consultations; or none to end it.")
    var advice: LevelOption?

    @Flag(help: "It is a regional warning (区域预警): above its level the city goes only with consent.")
    var regional = false

    @Option(help: "The document, or why.")
    var reason: String

    @OptionGroup var desk: DeskOptions

    func validate() throws {
        if [level != nil, consent != nil, advice != nil].filter(\.self).count != 1 {
            throw ValidationError(Session.words.either(["--level", "--consent", "--advice"]))
        }
        if regional, level?.level == nil {
            throw ValidationError(Session.words.goesWith("--regional", "--level yellow, orange, red"))
        }
    }

    mutating func run() async throws {
        if let advice {
            try await desk.carryOut(.advice(from: from, level: advice.level, reason: reason))
        } else if let consent {
            try await desk.carryOut(.consent(from: from, level: consent, reason: reason))
        } else {
            try await desk.carryOut(.order(from: from, level: level?.level, isRegional: regional, reason: reason))
        }
    }
}

/// A level, or none.
struct LevelOption: ExpressibleByArgument {
    let level: WarningLevel?

    init?(argument: String) {
        level = WarningLevel(rawValue: argument)
        if level == nil, argument != "none" { return nil }
    }
}

extension WarningLevel: ExpressibleByArgument {}
extension Authority: ExpressibleByArgument {}
