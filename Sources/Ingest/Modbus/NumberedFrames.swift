import Glibc

/// Takes Modbus TCP frames from a stream. Each says how long it is, so that one system call mostly brings a whole one;
/// what comes after it waits for the next turn.
///
/// Source: MODBUS Messaging on TCP/IP V1.0b, 3.1.3: transaction, protocol 0, length of what follows, unit.
struct NumberedFrames {
    /// The longest frame: 7 bytes of header and 253 of function and data.
    static let longest = 260
    private static let header = 6

    /// The frame that is there begins at 0.
    private(set) var bytes = [UInt8](repeating: 0, count: longest)
    private var count = 0
    /// Of the frame that was handed out last.
    private var used = 0

    enum State: Equatable {
        /// No byte of the next frame is there.
        case empty
        /// A part of it is.
        case begun
        /// It is there, and so long.
        case whole(length: Int)
        /// What is there is no frame: nobody knows where the next one begins.
        case senseless
    }

    /// Makes room for the next frame and says what of it is there.
    mutating func advance() -> State {
        if used > 0 {
            for place in used..<count { bytes[place - used] = bytes[place] }
            count -= used
            used = 0
        }
        guard count >= NumberedFrames.header else { return count == 0 ? .empty : .begun }
        let length = NumberedFrames.header + Int(bytes[4]) << 8 + Int(bytes[5])
        // Unit, function, and a byte at least.
        guard bytes[2] == 0, bytes[3] == 0, length >= 9, length <= NumberedFrames.longest else { return .senseless }
        guard count >= length else { return .begun }
        used = length
        return .whole(length: length)
    }

    /// Takes what has come in.
    ///
    /// - Returns: How many bytes; 0 where the other end closed, negative with `errno` where it is gone.
    mutating func receive(from descriptor: Int32) -> Int {
        let start = count
        // Invariant: recv(2) writes at most the bytes from `start` to the end of the array.
        let got = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe recv(descriptor, buffer.baseAddress.map { unsafe $0 + start }, buffer.count - start, 0)
        }
        if got > 0 { count += got }
        return got
    }

    /// Forgets what is there: another connection.
    mutating func clear() {
        count = 0
        used = 0
    }
}
