import ArgumentParser
import Texts

/// Data bits, parity and stop bits of a serial line, as 8N1.
struct Framing {
    let dataBits: Int
    /// N, E or O.
    let parity: String
    let stopBits: Int

    /// Reads what `--framing` gives.
    init(_ text: String, dataBits allowed: ClosedRange<Int>) throws {
        let letters = text.uppercased().map(String.init)
        guard letters.count == 3, let dataBits = Int(letters[0]), allowed.contains(dataBits),
            ["N", "E", "O"].contains(letters[1]), let stopBits = Int(letters[2]), (1...2).contains(stopBits)
        else { throw ValidationError(Session.words.writeLike("--framing \(text)", ["8N1", "8E1", "7E2"])) }
        self.dataBits = dataBits
        parity = letters[1]
        self.stopBits = stopBits
    }
}
