import AQICore
import ArgumentParser
import HJ212
import Ingest
import Texts

struct HJ212Command: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hj212", abstract: "Look at HJ 212 packets, and ask stations.",
        discussion: """
            EXAMPLES
              aqi-monitor hj212 decode packets.txt
              aqi-monitor hj212 listen --port 9212
              aqi-monitor hj212 send 010000A8900016F000169DC0 time --as Li --reason "drift"
            """,
        subcommands: [HJ212Decode.self, HJ212Listen.self, HJ212Send.self])
}

struct HJ212Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode",
        abstract: "What is in the packets of a file or of a recorded line, and what is wrong with them.",
        discussion: """
            One line a packet. Bytes between packets are passed over and counted. `ok` says whether the packet can be used: \
            without --strict in spite of what stations of the field do wrong, which `problems` names.

            EXAMPLES
              aqi-monitor hj212 decode packets.txt
              aqi-monitor hj212 decode --strict --json - < recorded.bin
            """)

    @Argument(help: "The file; - is standard input.")
    var file = "-"

    @Flag(help: "Refuse whatever the standard does not have.")
    var strict = false

    @Option(help: "The edition: \(Dialect.all.map(\.name).joined(separator: ", ")).")
    var dialect = DialectOption(dialect: .hj212Of2017)

    @Flag(help: "One line of JSON a packet.")
    var json = false

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        let bytes = try TableFile.read(file)
        var output = try Output(path: nil)
        var lines: [String] = []
        var decoder = Decoder(dialect: dialect.dialect, strict: strict, ending: .text, longestData: 9999)
        // A mebibyte at a time, so that a recorded month does not become one heap of lines.
        for start in stride(from: 0, to: bytes.count, by: 1 << 20) {
            decoder.feed(bytes.span.extracting(start..<min(start + 1 << 20, bytes.count))) { data, packet in
                lines.append(line(packet, in: data))
            }
            for line in lines { try output.line(line) }
            lines.removeAll(keepingCapacity: true)
        }
        decoder.finish { data, packet in lines.append(line(packet, in: data)) }
        for line in lines { try output.line(line) }
        try output.finish()
        Session.say(
            Session.words.packetsDecoded(decoder.packets, refused: decoder.refused, skippedBytes: decoder.skipped))
    }

    private func line(_ packet: borrowing Packet, in data: Span<UInt8>) -> String {
        let text = PacketText(packet, in: data)
        let isUsable = packet.isUsable(strict: strict)
        return json ? text.json(ok: isUsable).line : text.row(ok: isUsable)
    }
}

/// An edition by its name.
struct DialectOption: ExpressibleByArgument {
    let dialect: Dialect

    init(dialect: Dialect) {
        self.dialect = dialect
    }

    init?(argument: String) {
        guard let dialect = Dialect.all.first(where: { $0.name == argument }) else { return nil }
        self.dialect = dialect
    }

    var defaultValueDescription: String { dialect.name }
    static var allValueStrings: [String] { Dialect.all.map(\.name) }
}

/// A packet for people and programs.
struct PacketText {
    private let frame: Frame
    private let mn: String
    private let qn: String?
    private let numbers: [(name: String, value: Int?)]
    private let dataTime: Instant?
    private let problems: [String]
    /// Factors in the order in which they come, each with its kinds and texts.
    private var values: [(factor: String, kinds: [(kind: String, text: String)])] = []
    /// Items without a kind, but DataTime.
    private var parameters: [(name: String, text: String)] = []

    init(_ packet: borrowing Packet, in data: Span<UInt8>) {
        frame = packet.frame
        mn = packet.mn.text(in: data)
        qn = packet.qn?.text(in: data)
        numbers = [
            ("st", packet.st), ("cn", packet.cn), ("flag", packet.flag), ("pnum", packet.pnum), ("pno", packet.pno),
        ]
        dataTime = packet.dataTime
        problems = packet.problems
        for item in packet.items {
            let factor = item.factorRange.text(in: data)
            let text = item.value.text(in: data)
            guard !item.kindRange.isEmpty else {
                if factor != "DataTime" { parameters.append((factor, text)) }
                continue
            }
            let kind = item.kindRange.text(in: data)
            let name = kind == "Flag" ? "flag" : kind
            guard let place = values.firstIndex(where: { $0.factor == factor }) else {
                values.append((factor, [(name, text)]))
                continue
            }
            // A key that comes twice is there once: a name of a JSON object is unique (RFC 8259 4).
            if !values[place].kinds.contains(where: { $0.kind == name }) { values[place].kinds.append((name, text)) }
        }
    }

    private func number(_ name: String) -> Int? { numbers.first { $0.name == name }?.value }

    func json(ok: Bool) -> JSON {
        func integer(_ name: String) -> JSON { number(name).map { .integer(Int64($0)) } ?? .null }
        var members: [(String, JSON)] = [
            ("ok", .bool(ok)), ("crc", .string(frame.crc.rawValue)), ("length", .string(frame.length.rawValue)),
            ("mn", .string(mn)), ("st", integer("st")), ("cn", integer("cn")), ("qn", .string(orNull: qn)),
            ("flag", integer("flag")),
        ]
        if number("pnum") != nil || number("pno") != nil {
            members += [("pnum", integer("pnum")), ("pno", integer("pno"))]
        }
        members.append(("dataTime", .string(orNull: dataTime?.iso8601)))
        members.append(
            ("values", .object(values.map { ($0.factor, .object($0.kinds.map { ($0.kind, .string($0.text)) })) })))
        if !parameters.isEmpty {
            members.append(("parameters", .array(parameters.map { .array([.string($0.name), .string($0.text)]) })))
        }
        members.append(("problems", .array(problems.map(JSON.string))))
        return .object(members)
    }

    func row(ok: Bool) -> String {
        let all = values.map { value in
            value.factor + " "
                + value.kinds.map { $0.kind == "flag" ? $0.text : "\($0.kind) \($0.text)" }
                .joined(separator: " ")
        }
        let head = [
            ok ? "ok" : "--", mn, number("st").map { "ST \($0)" } ?? "", number("cn").map { "CN \($0)" } ?? "",
            dataTime?.iso8601 ?? "",
        ]
        let parts = head + all + parameters.map { "\($0.name) \($0.text)" } + problems.map { "!\($0)" }
        return parts.filter { !$0.isEmpty }.joined(separator: "  ").harmless
    }
}
