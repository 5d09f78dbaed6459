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
