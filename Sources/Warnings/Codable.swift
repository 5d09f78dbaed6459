package import AQICore

// AQICore knows no text and no files; what is written of it is written as its plain number.

extension Hour: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(start: try decoder.singleValueContainer().decode(Int32.self))
    }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(start)
    }
}

extension IndicatorSet: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(bits: try decoder.singleValueContainer().decode(UInt8.self))
    }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bits)
    }
}
