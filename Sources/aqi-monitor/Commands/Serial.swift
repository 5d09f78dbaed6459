import ArgumentParser
import Ingest
import Texts

struct Serial: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What an instrument on a serial line says.",
        discussion: """
            EXAMPLES
              aqi-monitor serial listen /dev/ttyUSB0
              aqi-monitor serial send /dev/ttyUSB0 DA097 --protocol bayern-hessen
            """,
        subcommands: [SerialListen.self, SerialSend.self])
}

/// Where a serial line is, how it is set, and what is looked for on it.
struct SerialLineOptions: ParsableArguments {
    @Argument(help: "A serial port, as /dev/serial/by-id/..., or HOST:PORT of a serial server.")
    var target: String

    @Option(help: "Bits a second.")
    var baud = 9600

    @Option(help: "Data bits, parity (N, E, O) and stop bits.")
    var framing = "8N1"

    @Option(
        name: .customLong("protocol"),
        help: "Show the frames of this protocol, good and bad; without, the good ones of any that has checksums.")
    var kind: SerialProtocol?

    @Flag(help: "One line of JSON for each arrival and each frame.")
    var json = false

    func validate() throws {
        if !ModbusOptions.bauds.contains(baud) {
            throw ValidationError(Session.words.oneOf("--baud \(baud)", ModbusOptions.bauds.map { "\($0)" }))
        }
        _ = try line()
    }

    func line() throws -> SerialLine {
        guard target.contains("/") else {
            guard let colon = target.lastIndex(of: ":"), colon > target.startIndex,
                let port = Int(target[target.index(after: colon)...]), (1...65_535).contains(port)
            else { throw ValidationError(Session.words.writeLike(target, ["/dev/ttyUSB0", "HOST:PORT"])) }
            return .tcp(host: String(target[..<colon]), port: port)
        }
        let letters = Array(framing.uppercased().utf8)
        guard letters.count == 3, letters[0] == 0x37 || letters[0] == 0x38, "NEO".utf8.contains(letters[1]),
            letters[2] == 0x31 || letters[2] == 0x32
        else { throw ValidationError(Session.words.writeLike("--framing \(framing)", ["8N1", "8E1", "7E2"])) }
        return .port(
            path: target, baud: baud, parity: String(UnicodeScalar(letters[1])), dataBits: Int(letters[0] - 48),
            stopBits: Int(letters[2] - 48), direction: .automatic)
    }
}

extension SerialProtocol: ExpressibleByArgument {}

struct SerialListen: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listen",
        abstract: "Bytes, frames and checksums as they come.",
        discussion: """
            Each line: seconds since the beginning, < for what came in and > for what was sent, the bytes in hexadecimal
            digits and as text; below, each frame with its protocol and verdict. Nobody else may use the port meanwhile.

            EXAMPLES
              aqi-monitor serial listen /dev/ttyUSB0
              aqi-monitor serial listen /dev/ttyUSB0 --baud 19200 --framing 7E1 --protocol bayern-hessen --for 30s
              aqi-monitor serial listen 192.168.1.30:4001 --json
            """)

    @OptionGroup var options: SerialLineOptions

    @Option(name: .customLong("for"), help: "End after this long, as 30s, 5m; else with the line, or by ^C.")
    var duration: DurationOption?

    @OptionGroup var common: CommonOptions

    mutating func run() throws {
        var watch = try SerialWatch(options)
        try watch.listen(for: duration?.duration)
    }
}

struct SerialSend: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Sends bytes, and shows what comes back.",
        discussion: """
            In the text \\r, \\n, \\t, \\\\ and \\xHH stand for bytes. With --protocol bayern-hessen and ak the text is put into a
            frame, with c-link a CR follows.

            EXAMPLES
              aqi-monitor serial send /dev/ttyUSB0 'o3\\r'
              aqi-monitor serial send /dev/ttyUSB0 DA097 --protocol bayern-hessen
              aqi-monitor serial send /dev/ttyUSB0 --hex '7e 00 03 00 fc 7e' --baud 115200 --protocol sps30
            """)

    @OptionGroup var options: SerialLineOptions

    @Argument(help: "The text.")
    var text: String?

    @Option(help: "Bytes in hexadecimal digits, in the place of a text.")
    var hex: String?

    @Option(name: .customLong("for"), help: "Listen this long, 2s without.")
    var duration: DurationOption?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (text == nil) != (hex == nil) else { throw ValidationError(Session.words.either(["TEXT", "--hex"])) }
        _ = try bytes()
    }

    mutating func run() throws {
        var watch = try SerialWatch(options)
        try watch.send(try bytes())
        try watch.listen(for: duration?.duration ?? .seconds(2))
    }

    private func bytes() throws -> [UInt8] {
        if let hex {
            let digits = hex.filter { !$0.isWhitespace }
            guard digits.count % 2 == 0, !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) else {
                throw ValidationError(Session.words.writeLike("--hex \(hex)", ["'7e 00 03'"]))
            }
            let values = digits.map { UInt8($0.hexDigitValue ?? 0) }
            return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
        }
        guard let bytes = SerialSend.unescaped(text ?? ""), !bytes.isEmpty else {
            throw ValidationError(Session.words.writeLike(text ?? "", ["\\r", "\\n", "\\t", "\\\\", "\\x0D"]))
        }
        switch options.kind {
        case .bayernHessen: return BayernHessen.frame(String(decoding: bytes, as: UTF8.self))
        case .ak: return [2, 0x20] + bytes + [3]
        case .cLink: return bytes + (bytes.last == 13 ? [] : [13])
        default: return bytes
        }
    }

    /// Reads \r, \n, \t, \\ and \xHH; nil for another letter after a backslash.
    static func unescaped(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "r"): bytes.append(13)
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "\\"): bytes.append(UInt8(ascii: "\\"))
            case UInt8(ascii: "x"):
                guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default: return nil
            }
        }
        return bytes
    }
}

/// Shows what goes over a line.
private struct SerialWatch: ~Copyable {
    private let tap: SerialTap
    private let line: SerialLine
    private let isJSON: Bool
    private let kind: SerialProtocol?
    private var scanners: [(kind: SerialProtocol, scanner: any FrameScanning)]
    private var output: Output
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant

    init(_ options: SerialLineOptions) throws {
        // What can fail comes first: a value that cannot be copied is made whole or not at all.
        let line = try options.line()
        let tap = try SerialWatch.open(line)
        let output = try Output(path: nil)
        self.line = line
        self.tap = tap
        self.output = output
        isJSON = options.json
        kind = options.kind
        scanners = (options.kind.map { [$0] } ?? SerialProtocol.allCases).map { ($0, $0.makeScanner()) }
        began = clock.now
    }

    private static func open(_ line: SerialLine) throws -> SerialTap {
        do throws(ExchangeError) {
            return try SerialTap(line)
        } catch {
            throw Failure(.unavailable, Session.words.onLine(line.text, Session.words.problem(error)))
        }
    }

    mutating func send(_ bytes: [UInt8]) throws {
        do throws(ExchangeError) {
            try tap.send(bytes)
        } catch {
            throw Failure(.unavailable, Session.words.onLine(line.text, Session.words.problem(error)))
        }
        try show(bytes, isIncoming: false)
    }

    mutating func listen(for duration: Duration?) throws {
        let deadline = duration.map { clock.now + $0 }
        while deadline.map({ clock.now < $0 }) ?? true {
            let bytes: [UInt8]
            do throws(ExchangeError) {
                let left = deadline.map { Int(($0 - clock.now) / .milliseconds(1)) } ?? 1000
                bytes = try tap.receive(milliseconds: min(max(left, 0), 1000))
            } catch {
                try output.finish()
                throw Failure(.unavailable, Session.words.onLine(line.text, Session.words.problem(error)))
            }
            if !bytes.isEmpty { try show(bytes, isIncoming: true) }
        }
        try output.finish()
    }

    private mutating func show(_ bytes: [UInt8], isIncoming: Bool) throws {
        let milliseconds = Int64((clock.now - began) / .milliseconds(1))
        if isJSON {
            let members: [(String, JSON)] = [
                ("ms", .integer(milliseconds)), ("direction", .string(isIncoming ? "in" : "out")),
                ("hex", .string(SerialText.hexadecimal(bytes))), ("text", .string(SerialText.escaped(bytes))),
            ]
            try output.line(JSON.object(members).line)
        } else {
            for line in SerialText.lines(bytes, milliseconds: milliseconds, mark: isIncoming ? "<" : ">") {
                try output.line(line)
            }
        }
        if isIncoming { try showFrames(bytes, milliseconds) }
        try output.flush()
    }

    private mutating func showFrames(_ bytes: [UInt8], _ milliseconds: Int64) throws {
        for place in scanners.indices {
            let kind = scanners[place].kind
            let isWanted = self.kind != nil
            var found: [(FrameVerdict, [UInt8])] = []
            scanners[place].scanner.feed(bytes.span) { verdict, frame in
                guard isWanted || verdict == .good else { return }
                var copy: [UInt8] = []
                for place in 0..<frame.count { copy.append(frame[place]) }
                found.append((verdict, copy))
            }
            for (verdict, frame) in found {
                if isJSON {
                    let members: [(String, JSON)] = [
                        ("ms", .integer(milliseconds)), ("protocol", .string(kind.name)),
                        ("verdict", .string(verdict.rawValue)), ("hex", .string(SerialText.hexadecimal(frame))),
                        ("text", .string(SerialText.escaped(frame))),
                    ]
                    try output.line(JSON.object(members).line)
                } else {
                    try output.line(
                        "           = \(kind.name) \(verdict.rawValue) \(frame.count)  \(SerialText.escaped(frame))")
                }
            }
        }
    }
}

/// Bytes as people read them; nothing of them reaches the terminal as it is.
enum SerialText {
    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    static func escaped(_ bytes: [UInt8]) -> String {
        var text = ""
        for byte in bytes {
            switch byte {
            case 13: text += "\\r"
            case 10: text += "\\n"
            case 9: text += "\\t"
            case UInt8(ascii: "\\"): text += "\\\\"
            case 0x20..<0x7F: text.unicodeScalars.append(UnicodeScalar(byte))
            default: text += "\\x" + hexadecimal([byte])
            }
        }
        return text
    }

    /// Sixteen bytes a line.
    static func lines(_ bytes: [UInt8], milliseconds: Int64, mark: String) -> [String] {
        let seconds = "\(milliseconds / 1000).\(String(String(1000 + milliseconds % 1000).dropFirst()))"
        return stride(from: 0, to: bytes.count, by: 16).map { start in
            let part = Array(bytes[start..<min(start + 16, bytes.count)])
            let time = start == 0 ? seconds : ""
            let hex = part.map { hexadecimal([$0]) }.joined(separator: " ")
            let padded = hex + String(repeating: " ", count: 47 - hex.count)
            return String(repeating: " ", count: max(0, 9 - time.count)) + "\(time) \(mark) \(padded)  \(escaped(part))"
        }
    }
}
