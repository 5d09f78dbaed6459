import AQICore

/// What an instrument said, and when.
struct SerialAnswer {
    var frame: [UInt8]
    /// Of a line of text: what its expression found, by the names of the groups.
    var groups: [String: String]?
    var time = Instant(seconds: 0)
}

/// An instrument as a line listens to it: which frames are its answers.
struct SerialPartner {
    let device: SerialDevice
    private let dialect: any SerialDialect.Type
    private let expression: Regex<AnyRegexOutput>?

    /// What a frame is to somebody who waits for an answer.
    enum Heard {
        case answer(SerialAnswer)
        case refusal(Int)
        case badChecksum
        case malformed
        /// An answer to something else.
        case stranger
    }

    init(_ device: SerialDevice, _ dialect: any SerialDialect.Type) {
        self.device = device
        self.dialect = dialect
        // A configuration with an expression that is none is refused when it is read.
        expression = device.answer.isEmpty ? nil : try? Regex(device.answer)
    }

    /// What a frame is to a request; of instruments that speak by themselves, to nil.
    func hear(_ verdict: FrameVerdict, _ frame: Span<UInt8>, to request: SerialRequest?) -> Heard {
        guard verdict.isUsable, verdict == .good || !device.isChecked else {
            return verdict == .badChecksum ? .badChecksum : .malformed
        }
        if let expression {
            return groups(expression, frame).map { .answer(SerialAnswer(frame: [], groups: $0)) } ?? .stranger
        }
        switch dialect.match(frame, request, of: device) {
        case .stranger: return .stranger
        case .refusal(let code): return .refusal(code)
        case .answer: return .answer(SerialAnswer(frame: copied(frame)))
        }
    }

    private func groups(_ expression: Regex<AnyRegexOutput>, _ frame: Span<UInt8>) -> [String: String]? {
        guard let match = try? expression.firstMatch(in: TextLine.text(frame)) else { return nil }
        var groups: [String: String] = [:]
        for item in device.items { groups[item.text] = match[item.text]?.substring.map(String.init) }
        return groups
    }
}

/// The bytes of a span.
private func copied(_ bytes: Span<UInt8>) -> [UInt8] {
    var copied: [UInt8] = []
    copied.reserveCapacity(bytes.count)
    for place in 0..<bytes.count { copied.append(bytes[place]) }
    return copied
}
