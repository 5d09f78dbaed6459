extension Unicode.Scalar {
    /// Whether the character can do more to a terminal than show itself: control characters (C0, DEL, C1) and the marks that
    /// turn the direction of what follows.
    package var steersTerminals: Bool {
        switch value {
        case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}

extension String {
    /// The text with `?` for every character that can steer a terminal, so that text from a device or a file cannot. Line feeds
    /// stay.
    package var harmless: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            result.append(scalar.steersTerminals && scalar != "\n" ? "?" : scalar)
        }
        return String(result)
    }
}
