import CNCurses
import Glibc
import Texts

/// How wide terminals make characters: what wcwidth(3) says, which ncursesw lays text out by.
private enum CharacterWidth {
    // Invariant: made once, never freed, and only handed to uselocale(3), which is per thread.
    nonisolated(unsafe) static let locale = unsafe newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)

    static func columns(of scalar: Unicode.Scalar) -> Int {
        guard let locale = unsafe locale else { return 1 }
        let before = unsafe uselocale(locale)
        defer { unsafe uselocale(before) }
        return Int(wcwidth(wchar_t(bitPattern: scalar.value)))
    }
}

extension Unicode.Scalar {
    /// Columns that the character takes on a terminal: 0, 1 or 2; 1 where it cannot be shown and `?` stands in.
    var columns: Int {
        switch value {
        case 0x20...0x7E: 1
        // CJK unified ideographs.
        case 0x4E00...0x9FFF: 2
        default: isShown ? CharacterWidth.columns(of: self) : 1
        }
    }

    /// Whether the character may reach a terminal and the terminal has it.
    var isShown: Bool { !steersTerminals && (value < 0x7F || CharacterWidth.columns(of: self) >= 0) }
}

extension String {
    /// Columns that the text takes on a terminal.
    package var columns: Int { unicodeScalars.reduce(0) { $0 + $1.columns } }
}
