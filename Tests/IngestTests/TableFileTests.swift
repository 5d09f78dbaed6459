import Foundation
import Glibc
import TestSupport
import Testing

@testable import Ingest

/// A gzip member by the real gzip.
private func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    let (status, output) = try run("/bin/gzip", ["-c"], input: Data(bytes))
    try #require(status == 0)
    return [UInt8](output)
}

/// RFC 1952: plain or gzip is told by the first two bytes, a file may hold several members.
@Suite("Ingest: files of tables") struct TableFileTests {
    static let text = Array("station,time,pm25\n站,2017-01-01T08:00:00+08:00,35.7\n".utf8)

    private func write(_ bytes: [UInt8], as name: String, in folder: TemporaryFolder) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
        return folder.file(name)
    }

    @Test func `a file is read as it is, plain or gzip, whatever its name`() throws {
        let folder = try TemporaryFolder()
        let packed = try gzip(Self.text)
        for name in ["a.csv", "a.csv.gz", "a"] {
            #expect(try TableFile.read(write(Self.text, as: name, in: folder)) == Self.text)
            #expect(try TableFile.read(write(packed, as: name, in: folder)) == Self.text)
        }
        #expect(try TableFile.read(write([], as: "empty.gz", in: folder)) == [])
        #expect(try TableFile.read(write([0x1F], as: "short", in: folder)) == [0x1F])
    }

    @Test func `members of a gzip file follow one another`() throws {
        let two = try gzip(Array(Self.text[..<20])) + gzip(Array(Self.text[20...]))
        #expect(try TableFile.gunzip(two) == Self.text)
        #expect(try TableFile.gunzip(gzip([]) + two + gzip([])) == Self.text)
    }

    @Test func `zeros after the last member are padding`() throws {
        // Tapes and some loggers fill up the last block; gzip(1) passes over it too.
        #expect(try TableFile.gunzip(gzip(Self.text) + [UInt8](repeating: 0, count: 512)) == Self.text)
    }

    @Test func `a stream that ends early is damaged, wherever it is cut`() throws {
        let packed = try gzip(Self.text)
        for count in 2..<packed.count {
            #expect(throws: TableError(.damagedGzip, line: 0), "cut to \(count)") {
                try TableFile.gunzip(Array(packed[..<count]))
            }
        }
        let second = try gzip(Self.text)
        for count in [2, 10, second.count - 1] {
            #expect(throws: TableError(.damagedGzip, line: 0), "second member cut to \(count)") {
                try TableFile.gunzip(packed + second[..<count])
            }
        }
    }

    @Test func `a stream with one wrong bit is damaged, or still the same text`() throws {
        let packed = try gzip(Self.text)
        var damaged = 0
        for place in 2..<packed.count {
            for bit in 0..<8 {
                var broken = packed
                broken[place] ^= 1 << UInt8(bit)
                do throws(TableError) {
                    // Time and system in the header are not covered by the checksum, nor are the bits that fill up the
                    // last byte of the stream: they change nothing.
                    #expect(try TableFile.gunzip(broken) == Self.text, "bit \(bit) of byte \(place)")
                } catch {
                    #expect(error == TableError(.damagedGzip, line: 0))
                    damaged += 1
                }
            }
        }
        #expect(damaged > packed.count * 6)
    }

    @Test func `a large file comes back whole`() throws {
        // More than one buffer of a mebibyte, packed and unpacked; random digits do not pack well.
        var random = SplitMix(seed: 41)
        let bytes = (0..<3_000_000).map { _ in UInt8(truncatingIfNeeded: random.next() & 0xFF) }
        let packed = try gzip(bytes)
        #expect(packed.count > 2 << 20)
        #expect(try TableFile.gunzip(packed) == bytes)
        let zeros = [UInt8](repeating: 0x30, count: 5 << 20)
        #expect(try TableFile.gunzip(gzip(zeros)) == zeros)
    }

    @Test func `a file that cannot be read says why`() throws {
        let folder = try TemporaryFolder()
        let absent = folder.file("absent.csv")
        #expect(throws: TableFile.Unreadable(path: absent, errno: ENOENT)) { try TableFile.read(absent) }
        #expect(throws: TableFile.Unreadable(path: folder.path, errno: EISDIR)) { try TableFile.read(folder.path) }
        let below = try folder.write("a.csv", "x") + "/b.csv"
        #expect(throws: TableFile.Unreadable(path: below, errno: ENOTDIR)) { try TableFile.read(below) }
    }
}
