import AQICore
import Glibc
import Synchronization

/// The samples of the minutes under way, in a small file beside the store, until a minute is over and its row is written.
///
/// A commit to SQLite touches at least two blocks of the disk and a record here one, mostly the same one again and again: that is
/// what makes a commit every few seconds cheap for flash. The file has its size from the beginning and is written over from its
/// start once the store has what it holds, so that no commit changes anything but the bytes.
///
/// ```
/// record   length of the rest (4 bytes), check of the rest (8), round (8), minute, minute, ...
/// minute   length of the station's key (2), key, minute (8), length of the blob (4), blob: see MinuteBlob
/// ```
/// Little-endian. Records of the round of the first one count, up to the first that is not whole. To take them up twice does no harm:
/// of each second the first sample stays.
struct SampleJournal: ~Copyable {
    /// Room for a minute of some 400 channels at 1 Hz; a centre of many more makes it larger, up to where the store is written instead.
    private static let firstCapacity = 256 * 1024
    static let largestCapacity = 64 * 1024 * 1024
    private static let blockBytes = 4096
    private static let headBytes = 12

    private let descriptor: Int32
    private var capacity = 0
    private var place = 0
    private var round: UInt64 = 1

    static func path(of store: String) -> String { store + "-samples" }

    /// Begins an empty journal.
    ///
    /// - Throws: ``StoreError`` `failed`.
    init(of store: String) throws(StoreError) {
        let path = SampleJournal.path(of: store)
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw StoreError(errorNumber: errno, path: path) }
        guard grow(to: SampleJournal.firstCapacity), fsync(descriptor) == 0 else {
            throw StoreError(errorNumber: errno, path: path)
        }
        StoreFile.keepFolder(of: path)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Makes room; false where the disk has none.
    private mutating func grow(to size: Int) -> Bool {
        // Block by block: the system holds in one piece what is written in one piece, and writes all of it for a byte that changes
        // (Linux, large folios; measured: 256 KB a commit).
        let zeros = [UInt8](repeating: 0, count: SampleJournal.blockBytes)
        for place in stride(from: capacity, to: size, by: zeros.count) {
            guard write(zeros, at: place) else { return false }
        }
        capacity = size
        return true
    }

    /// Appends a record; it is on the disk when this returns.
    ///
    /// - Returns: False where there is no room; nothing is written then.
    mutating func append(_ minutes: [MinuteSamples], store: String) throws(StoreError) -> Bool {
        var body = SampleJournal.bytes(of: round)
        for minute in minutes {
            let (key, blob) = (Array(minute.station.utf8), MinuteBlob.pack(minute.columns))
            guard key.count <= UInt16.max, blob.count < SampleJournal.firstCapacity else { return false }
            body += SampleJournal.bytes(of: UInt16(key.count)) + key
            body += SampleJournal.bytes(of: minute.minute) + SampleJournal.bytes(of: UInt32(blob.count)) + blob
        }
        let end = place + SampleJournal.headBytes + body.count
        while end > capacity {
            guard 2 * capacity <= SampleJournal.largestCapacity, grow(to: 2 * capacity) else { return false }
        }
        let head = SampleJournal.bytes(of: UInt32(body.count)) + SampleJournal.bytes(of: SampleJournal.check(body[...]))
        guard write(head + body, at: place), fdatasync(descriptor) == 0 else {
            throw StoreError(errorNumber: errno, path: SampleJournal.path(of: store))
        }
        place += head.count + body.count
        return true
    }

    /// Begins anew: the store has what is here.
    mutating func rewind() {
        guard place > 0 else { return }
        place = 0
        round += 1
    }

    /// Removes the file of a store that has what it holds.
    static func remove(of store: String) { _ = unsafe unlink(path(of: store)) }

    /// What the journal of a store holds; nothing where there is none, or none that can be read.
    static func samples(of store: String) -> [MinuteSamples] {
        let descriptor = unsafe open(path(of: store), O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        let size = min(max(0, Int(lseek(descriptor, 0, SEEK_END))), largestCapacity)
        var bytes = [UInt8](repeating: 0, count: size)
        // Invariant: pread(2) writes at most bytes.count bytes.
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
        return samples(in: bytes.prefix(max(0, count)))
    }

    // MARK: - Bytes

    static func samples(in bytes: ArraySlice<UInt8>) -> [MinuteSamples] {
        var rest = bytes
        var minutes: [MinuteSamples] = []
        var round: UInt64?
        while let length: UInt32 = take(&rest), let check: UInt64 = take(&rest), length >= 8, length <= rest.count {
            var body = rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
            guard check == SampleJournal.check(body), let own: UInt64 = take(&body), round ?? own == own else { break }
            round = own
            while let minute = minute(&body) { minutes.append(minute) }
        }
        return minutes
    }

    private static func minute(_ rest: inout ArraySlice<UInt8>) -> MinuteSamples? {
        guard let keyLength: UInt16 = take(&rest), Int(keyLength) <= rest.count else { return nil }
        let key = rest.prefix(Int(keyLength))
        rest = rest.dropFirst(Int(keyLength))
        guard let minute: Int64 = take(&rest), let length: UInt32 = take(&rest), Int(length) <= rest.count,
            let columns = MinuteBlob.unpack(Array(rest.prefix(Int(length))))
        else { return nil }
        rest = rest.dropFirst(Int(length))
        return MinuteSamples(station: String(decoding: key, as: UTF8.self), minute: minute, columns: columns)
    }

    private static func bytes<Number: FixedWidthInteger>(of number: Number) -> [UInt8] {
        (0..<Number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> Number(8 * $0)) }
    }

    private static func take<Number: FixedWidthInteger>(_ rest: inout ArraySlice<UInt8>) -> Number? {
        let count = Number.bitWidth / 8
        guard rest.count >= count else { return nil }
        var number: Number = 0
        for (place, byte) in rest.prefix(count).enumerated() {
            number |= Number(truncatingIfNeeded: byte) << Number(8 * place)
        }
        rest = rest.dropFirst(count)
        return number
    }

    /// FNV-1a of 64 bits: tells a record that is whole from one that was cut off.
    ///
    /// Source: G. Fowler, L. C. Noll, K.-P. Vo, draft-eastlake-fnv.
    private static func check(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }

    private func write(_ bytes: [UInt8], at place: Int) -> Bool {
        // Invariant: pwrite(2) reads at most bytes.count bytes. A short write is what a full disk gives.
        let count = unsafe bytes.withUnsafeBytes {
            unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(place))
        }
        if count >= 0, count < bytes.count { errno = ENOSPC }
        return count == bytes.count
    }
}

extension MonitorStore {
    /// Keeps samples of minutes under way until they are written with ``write(_:)``, where every batch with samples brings all that
    /// was journalled since the last one. They survive a power loss once this returns; the next opening takes them up.
    ///
    /// - Returns: False where there is no room for them; then they are to be written.
    package func journal(_ minutes: [MinuteSamples]) throws(StoreError) -> Bool {
        var result: Result<Bool, StoreError> = .success(false)
        samplesUnderWay.withLock { journal in
            result = Result { () throws(StoreError) in
                if journal == nil { journal = try SampleJournal(of: path) }
                return try journal?.append(minutes, store: path) ?? false
            }
        }
        return try result.get()
    }

    /// Writes what an earlier run left in its journal.
    func takeUpJournal() throws(StoreError) {
        var batch = StoreBatch()
        batch.samples = SampleJournal.samples(of: path)
        // No minute is taken for over: more of it may come.
        batch.time = Instant(seconds: .min)
        try write(batch)
        SampleJournal.remove(of: path)
    }
}
