extension String {
    /// The text with every control character (C0, DEL, C1) shown as `?`, so that text from a device or a file cannot steer a
    /// terminal. Line feeds stay.
    package var harmless: String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x0A: result.append(scalar)
            case 0..<0x20, 0x7F...0x9F: result.append("?")
            // Marks that turn the direction of what follows.
            case 0x202A...0x202E, 0x2066...0x2069: result.append("?")
            default: result.append(scalar)
            }
        }
        return String(result)
    }
}
