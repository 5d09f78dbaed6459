import Foundation
import TestSupport
import Testing

/// An instrument on a pseudo-terminal and the tools that look at it, as a user runs them.
@Suite("Commands: simulate serial, serial listen, serial send") struct SerialCommandTests {
    /// A simulated instrument that runs beside the test and tells where its line is.
    private final class Simulated {
        let process: Process
        let folder: TemporaryFolder
        let path: String

        init(_ arguments: String...) throws {
            folder = try TemporaryFolder()
            let output = folder.file("out")
            process = try Program.start(
                ["simulate", "serial"] + arguments + ["--for", "10m"], output: output, errors: folder.file("err"))
            var text = ""
            for _ in 0..<1000 where !text.contains("\n") {
                usleep(10_000)
                text = try String(contentsOfFile: output, encoding: .utf8)
            }
            path = text.split(separator: "\n").first.map(String.init) ?? ""
        }

        /// Ends it as a service manager would, and gives its last words.
        func end() throws -> (status: Int32, errors: String) {
            process.terminate()
            process.waitUntilExit()
            return (process.terminationStatus, try String(contentsOfFile: folder.file("err"), encoding: .utf8))
        }

        deinit { if process.isRunning { process.terminate() } }
    }

    @Test func `what is sent is answered, and shown with its frame`() throws {
        let instrument = try Simulated(
            "--protocol", "bayern-hessen", "--address", "97", "--set", "211=25", "--set", "211.status=4")
        let sent = try Program.run(
            "serial", "send", instrument.path, "DA097", "--protocol", "bayern-hessen", "--for", "1s")
        #expect(sent.status == 0, "\(sent.errors)")
        // The check of DA097 is the one that the Serinus manuals give.
        #expect(sent.lines.first?.contains("> 02 44 41 30 39 37 03 33 41") == true, "\(sent.output)")
        #expect(sent.output.contains("= bayern-hessen good "))
        // In zero check the value is not told.
        #expect(sent.output.contains("MD01 211 +0000+00 04 00 000 000000"))
        let json = try Program.run(
            "serial", "send", instrument.path, "--hex", "02 44 41 30 39 37 03 33 41", "--json", "--for", "1s")
        #expect(json.output.contains("\"direction\":\"out\",\"hex\":\"02444130393703" + "3341\""), "\(json.output)")
        #expect(json.output.contains("\"protocol\":\"bayern-hessen\",\"verdict\":\"good\""))
        let (status, errors) = try instrument.end()
        #expect(status == 0)
        #expect(errors == "aqi-monitor: 2 requests, 0 of them met with misbehaviour\n")
    }

    @Test func `who speaks unasked is heard, good frames and bad`() throws {
        let folder = try TemporaryFolder()
        let link = folder.file("sensor")
        let instrument = try Simulated(
            link, "--protocol", "pmsx003", "--set", "pm25.atm=35", "--misbehave", "crc-error@2")
        #expect(instrument.path == link)
        let heard = try Program.run("serial", "listen", link, "--protocol", "pmsx003", "--for", "3s")
        #expect(heard.status == 0, "\(heard.errors)")
        #expect(heard.output.contains("= pmsx003 good 32  BM"))
        #expect(heard.output.contains("= pmsx003 bad-checksum 32"))
        #expect(heard.output.contains(" < 42 4d 00 1c"))
        _ = try instrument.end()
    }

    @Test func `what cannot be opened or understood is said`() throws {
        let absent = try Program.run("serial", "listen", "/dev/aqi-none", "--for", "1s")
        #expect(absent.status == 69 && absent.errors.contains("/dev/aqi-none"), "\(absent.errors)")
        let usages = [
            ["serial", "listen", "ttyUSB0"], ["serial", "listen", "/dev/null", "--baud", "12345"],
            ["serial", "send", "/dev/null"], ["serial", "send", "/dev/null", "a\\q"],
            ["serial", "send", "/dev/null", "--hex", "0g"], ["serial", "listen", "/dev/null", "--framing", "9X3"],
            ["simulate", "serial"], ["simulate", "serial", "--protocol", "sds011", "--set", "o3=1"],
            ["simulate", "serial", "--protocol", "c-link", "--address", "128"],
        ]
        for arguments in usages {
            let result = try Program.run(arguments)
            #expect(result.status == 64 && result.output.isEmpty, "\(arguments): \(result)")
        }
    }
}
