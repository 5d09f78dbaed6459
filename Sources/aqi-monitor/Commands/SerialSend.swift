import ArgumentParser
import Ingest
import Texts

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
