import AQICore
import Testing
import Texts
import Warnings

/// What is said of warnings; here, because the target of the texts' own tests does not see Warnings.
@Suite("Terminal: words of warnings") struct WarningWordsTests {
    static let english = Language.english.words
    static let chinese = Language.chinese.words

    @Test func `the three levels have the names of the plan`() {
        #expect(WarningLevel.allCases.map(Self.chinese.warning) == ["黄色预警", "橙色预警", "红色预警"])
        #expect(WarningLevel.allCases.map(Self.english.warning) == ["YELLOW warning", "ORANGE warning", "RED warning"])
    }

    @Test func `each event names its level, and who signed it`() {
        let kinds: [WarningEvent.Kind] = [.issued, .upgraded, .downgraded, .lifted, .proposed]
        var english: Set<String> = []
        var chinese: Set<String> = []
        for kind in kinds {
            for level in WarningLevel.allCases {
                for words in [Self.english, Self.chinese] {
                    let text = words.warningEvent(kind, level, signedBy: .commander)
                    #expect(text.contains(words.warning(level)), "\(text)")
                    // A proposal is one because nobody has signed.
                    #expect(text.contains(words.signer(.commander)) == (kind != .proposed), "\(text)")
                    let unsigned = words.warningEvent(kind, level, signedBy: nil)
                    #expect(unsigned.contains(words.warning(level)) && !unsigned.isEmpty)
                }
                english.insert(Self.english.warningEvent(kind, level, signedBy: nil))
                chinese.insert(Self.chinese.warningEvent(kind, level, signedBy: nil))
            }
        }
        #expect(english.count == 15 && chinese.count == 15)
    }

    @Test func `the signers have the titles of the plan`() {
        #expect(Role.allCases.map(Self.chinese.signer) == ["市指挥部办公室副主任", "副总指挥", "总指挥"])
        #expect(Set(Role.allCases.map(Self.english.signer)).count == 3)
    }

    @Test func `a warning in force names response, beginning and number`() {
        for words in [Self.english, Self.chinese] {
            let text = words.warningInForce(.red, response: "I", since: "SINCE", number: 17)
            for part in [words.warning(.red), "I", "SINCE", "17"] { #expect(text.contains(part)) }
            #expect(words.warningWanted(.red).contains(words.warning(.red)))
        }
    }
}

@Suite("Terminal: words of the warnings' people") struct OfficeWordsTests {
    private static let time = Instant(seconds: 1_767_225_600)
    private static let refusals: [(Refusal, String)] = [
        (.unknownPerson("张三", known: ["李四"]), "李四"), (.wrongRole("张三", needs: .commander), "张三"),
        (.signedAlready("张三"), "张三"), (.otherProposal(7, current: 8), "8"), (.declinedAlready(7), "7"),
        (.nothingInForce, ""), (.orderStands(from: "province"), ""), (.noOrder(from: "ministry"), ""), (.noHours, ""),
        (.badText("x"), "x"), (.badHours, ""), (.unknownArea("x", known: ["三河市"]), "三河市"), (.needsConsent, ""),
        (.forecastNotNewer(issuer: "市气象台", issued: time), "2026-01-01 08:00"),
        (.forecastFromFuture(time), "2026-01-01 08:00"), (.forecastOver, ""), (.forecastTooFar(days: 31), "31"),
        (.tooManyIssuers(16), "16"),
    ]

    @Test func `each refusal says something of its own, and repeats what was asked`() {
        for words in [WarningWordsTests.english, WarningWordsTests.chinese] {
            let texts = Self.refusals.map { words.refusal($0.0) }
            #expect(Set(texts).count == texts.count)
            for (text, part) in zip(texts, Self.refusals.map(\.1)) { #expect(text.contains(part), "\(text)") }
        }
    }

    @Test func `each cause of a consultation is named, and whether it is overdue`() {
        for words in [WarningWordsTests.english, WarningWordsTests.chinese] {
            let texts = Consultations.Cause.allCases.flatMap { cause in
                [true, false].map { words.consultationDue(cause, by: "TIME", isOverdue: $0) }
            }
            #expect(Set(texts).count == texts.count && texts.allSatisfy { $0.contains("TIME") })
        }
    }
}
