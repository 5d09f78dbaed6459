import Glibc
import Ingest

/// What a process has used of the machine, as the system counts it.
///
/// Source: proc_pid_status(5), proc_pid_io(5), proc_pid_stat(5).
struct ProcessUse {
    /// Time of the processor, in ticks of a hundredth of a second mostly.
    var processorSeconds: Double
    var residentKiB: Int64
    var peakKiB: Int64
    var writtenBytes: Int64

    /// Of this process.
    static var now: ProcessUse { ProcessUse(process: getpid()) }

    init(process: pid_t) {
        func lines(_ name: String) -> [Substring] {
            let bytes = (try? TableFile.read("/proc/\(process)/\(name)")) ?? []
            return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        }
        func number(_ lines: [Substring], after start: String) -> Int64 {
            let line = lines.first { $0.hasPrefix(start) } ?? ""
            return line.split(whereSeparator: \.isWhitespace).compactMap { Int64($0) }.first ?? 0
        }
        let status = lines("status")
        residentKiB = number(status, after: "VmRSS:")
        peakKiB = number(status, after: "VmHWM:")
        writtenBytes = number(lines("io"), after: "write_bytes:")
        // After the name in brackets, which may have anything in it, the state is field 3; 14 and 15 are the ticks in the program
        // and in the system for it.
        let fields = (lines("stat").first ?? "").split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = fields.count > 12 ? (Int64(fields[11]) ?? 0) + (Int64(fields[12]) ?? 0) : 0
        processorSeconds = Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
}
