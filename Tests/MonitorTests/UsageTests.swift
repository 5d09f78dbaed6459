import ArgumentParser
import TestSupport
import Testing

@testable import aqi_monitor

/// What is said to somebody who called a command wrongly.
@Suite("usage") struct UsageTests {
    /// Refused by the parser, by `validate()`, and by the command itself while it ran.
    private static let wrong = [
        (["warnings", "replay", "--plan", "x", "--observed", "y"], "warnings replay"),
        (["explain", "pm25=x"], "explain"), (["demo", "--headless", "--from", "2016-12-15T00:30"], "demo"),
        (["ledger", "show", "--last", "0"], "ledger show"), (["ledger", "show", "--kind", "x"], "ledger show"),
        (["compute"], "compute"), (["warnings", "sign", "--nosuch"], "warnings sign"),
    ]

    @Test(arguments: wrong) func `the usage is that of the command that was called, in both languages`(
        arguments: [String], command: String
    ) throws {
        for (language, usage, more) in [("C.UTF-8", "Usage: ", "See '"), ("zh_CN.UTF-8", "用法：", "详见 ")] {
            let result = try Program.run(arguments, environment: ["LANG": language])
            #expect(result.status == 64 && result.output.isEmpty)
            #expect(result.errors.contains("\n\(usage)aqi-monitor \(command) "), "\(result.errors)")
            #expect(result.errors.contains("\(more)aqi-monitor \(command) --help"), "\(result.errors)")
            #expect(result.errors.hasPrefix(language == "C.UTF-8" ? "Error: " : "错误："), "\(result.errors)")
        }
    }

    @Test func `what the parser refuses is told in Chinese`() throws {
        let said: [([String], String)] = [
            (["compute"], "缺少“<file>”"), (["watch", "--onc"], "没有选项“--onc”；是否为“--once”？"),
            (["watch", "--zzzzzzzz"], "没有选项“--zzzzzzzz”"), (["ledger", "show", "--last"], "缺少取值"),
            (["warnings", "nosuch"], "没有命令“nosuch”"), (["watch", "--once=1"], "不带取值"),
            (["compute", "a", "b", "c"], "多余的参数：'b', 'c'"),
            (["compute", "x", "--report", "y"], "“y”不能用于“--report <report>”；可取 'realtime'、'running24'、'daily'"),
            (["ledger", "show", "--kind", "x"], "“x”不能用于“--kind <kind>”；可取：\n  - proposed"),
        ]
        for (arguments, text) in said {
            let result = try Program.run(arguments, environment: ["LANG": "zh_CN.UTF-8"])
            #expect(result.status == 64 && result.errors.contains(text), "\(arguments): \(result.errors)")
        }
    }

    @Test func `what a command refuses is told in Chinese, too`() throws {
        let said: [([String], String)] = [
            (["ledger", "show", "--last", "0"], "--last 0：可取 1 ... 100000"),
            (["explain", "pm25=x"], "pm25=x：应为 -10 至 2000000 µg/m³ 的普通小数"),
            (["explain", "pm=1"], "pm=1：应写作 NAME=VALUE，可用的有 pm25、"),
            (["explain", "--rules", "us-epa-2024", "so2_24h=1"], "须与 so2 同用"),
            (["doctor"], "须给出且只能给出其一：--config FILE、--store FILE"),
            (["statistics", "x", "--class", "3"], "--class 3：可取 1、2"),
            (["watch", "--once", "--json"], "“--once”与“--json”不能同时出现"),
            (
                ["warnings", "replay", "--plan", "x", "--observed", "y"],
                "--plan x：可取 langfang-2019、national-2024、FILE.toml"
            ),
            (["modbus", "read", "/dev/ttyS0", "0", "--framing", "9X9"], "--framing 9X9：应写作 8N1 或 8E1 或 7E2"),
            (["compute", "x", "--rules", "us-epa-2024"], "此处请用 auto、hj633-2012、hj633-2026"),
            (
                ["simulate", "modbus", "--tcp", "0", "--misbehave", "sulk"],
                "KIND[:PARAMETER][@WHEN] 或 late:1500@10，可用的有"
            ),
        ]
        for (arguments, text) in said {
            let result = try Program.run(arguments, environment: ["LANG": "zh_CN.UTF-8"])
            #expect(result.status == 64 && result.errors.contains(text), "\(arguments): \(result.errors)")
        }
    }

    @Test func `a mistyped command is what is told, not the option behind it`() throws {
        let root = try Program.run("warnigns", "list", "--lang", "en")
        #expect(root.status == 64)
        #expect(root.errors.hasPrefix("Error: There is no command 'warnigns'. Did you mean 'warnings'?\n"), "\(root)")
        #expect(root.errors.contains("\n  See 'aqi-monitor --help'"), "\(root)")
        let chinese = try Program.run("warnigns", "list", "--lang", "zh")
        #expect(chinese.errors.hasPrefix("错误：没有命令“warnigns”；是否为“warnings”？\n"), "\(chinese)")
        let inner = try Program.run("calibration", "frobnicate", "--lang", "en")
        #expect(inner.errors.hasPrefix("Error: There is no command 'frobnicate'\n"), "\(inner)")
        #expect(inner.errors.contains("Usage: aqi-monitor calibration "), "\(inner)")
        #expect(try Program.run("warnings", "tasks", "--nosuch").errors.contains("Unknown option '--nosuch'"))
    }

    @Test func `watch without a terminal names what it has`() throws {
        for language in ["en", "zh"] {
            let result = try Program.run("watch", "--lang", language)
            #expect(result.status == 64 && !result.errors.contains("--headless"), "\(result.errors)")
            #expect(result.errors.contains("--once") && result.errors.contains("--json"), "\(result.errors)")
        }
    }

    @Test func `an issuing unit that is none is told the rule`() throws {
        for sender in ["123", ""] {
            let result = try Program.run("warnings", "publish", "--out", "x", "--sender", sender)
            #expect(
                result.status == 64 && result.errors.contains("--sender \"\(sender)\": must be 14 digits"), "\(result)")
        }
        let absent = try Program.run("warnings", "document", "notice", "--format", "cap", "--lang", "zh")
        #expect(absent.status == 64 && absent.errors.contains("--sender：应为 14 位数字"), "\(absent)")
    }

    @Test func `what is asked for is no error, and what was typed cannot steer the terminal`() throws {
        let help = try Program.run("ledger", "show", "--help", "--lang", "zh")
        #expect(help.status == 0 && help.errors.isEmpty && help.output.contains("USAGE: aqi-monitor ledger show"))
        #expect(try Program.run("--version").status == 0)
        let steering = try Program.run("ledger", "show", "--kind", "\u{1B}[2J")
        #expect(steering.status == 64 && !steering.errors.contains("\u{1B}"))
    }

    @Test func `every command has an example in its help`() {
        var commands: [any ParsableCommand.Type] = [AQIMonitor.self]
        var count = 0
        while let command = commands.popLast() {
            commands += command.configuration.subcommands
            count += 1
            #expect(command.configuration.discussion.contains("EXAMPLE"), "\(command)")
        }
        #expect(count > 60)
    }
}
