import Foundation
import Ingest
import TestSupport
import Testing

/// The simulator and the tools that look at devices, as a user runs them.
@Suite("Commands: simulate modbus, modbus read, modbus scan") struct ModbusCommandTests {
    /// A simulated device that runs beside the test and tells where it listens.
    private final class Simulated {
        let process: Process
        let folder: TemporaryFolder
        let address: String

        init(_ arguments: String...) throws {
            folder = try TemporaryFolder()
            let output = folder.file("out")
            process = try Program.start(
                ["simulate", "modbus"] + arguments + ["--for", "10m"], output: output, errors: folder.file("err"))
            var text = ""
            for _ in 0..<1000 where !text.contains("\n") {
                usleep(10_000)
                text = try String(contentsOfFile: output, encoding: .utf8)
            }
            address = text.split(separator: "\n").first.map(String.init) ?? ""
        }

        /// Ends it as a service manager would, and gives its last words.
        func end() throws -> (status: Int32, errors: String) {
            process.terminate()
            process.waitUntilExit()
            return (process.terminationStatus, try String(contentsOfFile: folder.file("err"), encoding: .utf8))
        }

        deinit { if process.isRunning { process.terminate() } }
    }

    @Test func `registers that are set are read, in all four orders side by side`() throws {
        let device = try Simulated(
            "--tcp", "0", "--set", "holding:7555:f32:CDAB=12.5", "--set", "holding:7557:u16=7", "--set",
            "3/input:0:i32:DCBA=-45", "--set", "discrete:15=1", "--set", "discrete:16=0")
        let read = try Program.run("modbus", "read", device.address, "7555", "--count", "3")
        #expect(read.status == 0, "\(read.errors)")
        #expect(
            read.output == """
                addr  hex   u16    i16             ABCD         CDAB         BADC         DCBA
                 7555 0000     0      0 f32  2.3418e-41         12.5*   2.592e-41     197632.0
                 7556 4148 16712  16712 u32       16712*  1095237632        18497*  1212219392
                                        i32       16712*  1095237632        18497*  1212219392
                 7557 0007     7      7
                * looks like a concentration

                """)
        let json = try Program.run(
            "modbus", "read", device.address, "0", "--unit", "3", "--table", "input", "--json")
        #expect(json.output.contains("\"words\":[54271,65535]"))
        #expect(json.output.contains("\"i32\":{\"ABCD\":-738197505,\"CDAB\":-11265,\"BADC\":-2883585,\"DCBA\":-45}"))
        let bits = try Program.run("modbus", "read", device.address, "15", "--table", "discrete")
        #expect(bits.output == "   15 1\n   16 0\n", "\(bits.errors)")
        let absent = try Program.run("modbus", "read", device.address, "7554", "--count", "2")
        #expect(absent.status == 69)
        #expect(absent.errors.contains(device.address) && absent.errors.contains("exception 2"))
        let (status, errors) = try device.end()
        #expect(status == 0)
        #expect(errors == "aqi-monitor: 4 requests, 0 of them met with misbehaviour\n")
    }

    @Test func `profiles are simulated side by side, with the status that a cycle has, and what is set goes before`()
        throws
    {
        let device = try Simulated(
            "--tcp", "0", "--profile", "thermo-49iq", "--profile", "7/saimosen-o3", "--calibrate", "1h", "--set",
            "holding:1413:f32:CDAB=1.5", "--set", "7/holding:1006:u16=2", "--misbehave", "late:1@2")
        for (unit, address, wanted) in [("1", "1413", "1.5*"), ("7", "1006", "     2 ")] {
            let read = try Program.run(
                "modbus", "read", device.address, address, "--unit", unit, "--count", unit == "1" ? "2" : "1")
            #expect(read.output.contains(wanted), "\(read.output) \(read.errors)")
        }
        // Ozone of the same seed is the same, and a number of air.
        let ozone = try Program.run("modbus", "read", device.address, "2100", "--count", "2", "--json")
        #expect(ozone.status == 0 && !ozone.output.contains("\"words\":[0,0]"), "\(ozone.errors)")
        #expect(try device.end().status == 0)
        for wrong in [
            ["--calibrate", "5s"], ["--profile", "nonsense"], ["--profile", "0/thermo-49i"],
            ["--profile", "thermo-49i", "--profile", "1/thermo-42i"],
        ] {
            #expect(try Program.run(["simulate", "modbus", "--tcp", "0", "--for", "1s"] + wrong).status == 64)
        }
        #expect(try Program.run("simulate", "modbus", "--rtu", "--profile", "4/thermo-49i", "--for", "1s").status == 64)
    }

    @Test func `a serial line has the name that was asked for, for as long as it is there`() throws {
        let folder = try TemporaryFolder()
        let link = folder.file("analyser")
        let device = try Simulated("--rtu", link, "--unit", "5", "--set", "input:8:f32=41.7")
        #expect(device.address == link)
        let read = try Program.run("modbus", "read", link, "8", "--unit", "5", "--table", "input")
        #expect(read.output.contains("41.7*"), "\(read.errors)")
        let silent = try Program.run("modbus", "read", link, "8", "--unit", "6", "--timeout", "200")
        #expect(silent.status == 69)
        #expect(silent.errors.contains("unit 6"))
        #expect(try device.end().status == 0)
        #expect(!FileManager.default.fileExists(atPath: link))
        #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: link)) == nil)
    }

    @Test func `a name that is taken by a file is left alone`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("precious", "data")
        let result = try Program.run("simulate", "modbus", "--rtu", file, "--for", "1s")
        #expect(result.status == 73)
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "data")
    }

    @Test func `a scan finds the units that answer and the registers that they have`() throws {
        let device = try Simulated(
            "--tcp", "0", "--set", "2/holding:0:f32=1", "--set", "2/holding:2:u16=7", "--set", "2/holding:199:f32=1",
            "--set",
            "2/input:38:u16=1", "--set", "9/input:200:u16=5", "--set", "11/input:900:u16=5")
        let scan = try Program.run("modbus", "scan", device.address, "--units", "1-12")
        #expect(scan.status == 0, "\(scan.errors)")
        #expect(
            scan.output == """
                  2 holding 0-2, 199-200
                  2 input 38
                  9 input 200
                unit 11 answers and has no such register; look elsewhere with --registers

                """)
        // Nothing is drawn where no terminal is.
        #expect(scan.errors.isEmpty)
        let json = try Program.run(
            "modbus", "scan", device.address, "--units", "11", "--registers", "800-1000", "--json")
        #expect(json.output == "{\"unit\":11,\"input\":[[900,900]]}\n")
        let nobody = try Program.run("modbus", "scan", device.address, "--units", "3-4")
        #expect(nobody.status == 69)
        #expect(nobody.errors.contains("3-4"))
        let nothing = try Program.run(
            "modbus", "scan", "127.0.0.1:1", "--units", "1", environment: ["LANG": "zh_CN.UTF-8"])
        #expect(nothing.status == 69)
        #expect(nothing.errors.contains("无法连接"))
    }

    @Test func `a misbehaviour on the command line is what the client meets`() throws {
        let device = try Simulated(
            "--tcp", "0", "--unit", "4", "--misbehave", "exception:6@1-1", "--misbehave", "wrong-id@2-2")
        let answers = try (0..<3).map { _ in try Program.run("modbus", "read", device.address, "0", "--unit", "4") }
        #expect(answers.map(\.status) == [69, 69, 0])
        #expect(answers[0].errors.contains("exception 6"))
        #expect(try device.end().errors.contains("3 requests, 2 of them"))
    }

    @Test func `an episode plays through the registers`() throws {
        let device = try Simulated("--tcp", "0", "--episode", "--seed", "3")
        func words() throws -> String {
            try Program.run("modbus", "read", device.address, "0", "--count", "12", "--json").output
        }
        let first = try words()
        var next = first
        for _ in 0..<100 where next == first { next = try words() }
        #expect(first.contains("\"words\":[") && next != first)
    }

    @Test(
        arguments: [
            (["simulate", "modbus"], "--tcp"), (["simulate", "modbus", "--tcp", "70000"], "65535"),
            (["simulate", "modbus", "--tcp", "0", "--rtu"], "--tcp"),
            (["simulate", "modbus", "--tcp", "0", "--set", "holding:0:u16=65536"], "holding:0:u16=65536"),
            (["simulate", "modbus", "--tcp", "0", "--set", "holding:65535:f32=1"], "holding:65535:f32=1"),
            (["simulate", "modbus", "--tcp", "0", "--set", "coils:0=2"], "coils:0=2"),
            (["simulate", "modbus", "--tcp", "0", "--set", "holding:0=1"], "TABLE:ADDRESS:TYPE"),
            (["simulate", "modbus", "--rtu", "--set", "2/holding:0:u16=1"], "one unit"),
            (["simulate", "modbus", "--tcp", "0", "--misbehave", "late:x"], "slow-bytes"),
            (["modbus", "read", "127.0.0.1:99999", "0"], "127.0.0.1:99999"),
            (["modbus", "read", "127.0.0.1", "65535", "--count", "2"], "--count 2"),
            (["modbus", "read", "/dev/ttyS0", "0", "--framing", "9X1"], "8N1"),
            (["modbus", "scan", "127.0.0.1", "--units", "9-1"], "9-1"),
            (["modbus", "scan", "127.0.0.1", "--registers", "0-65536"], "65535"),
        ])
    func `wrong usage is told before anything is opened`(arguments: [String], part: String) throws {
        let result = try Program.run(arguments)
        #expect(result.status == 64)
        #expect(result.errors.contains(part), "\(result.errors)")
        #expect(result.output.isEmpty)
    }
}
