import AQICore
package import Warnings

/// The warnings' people.
extension English {
    package func simulatedPerson(_ role: Role) -> String { "simulated \(signer(role))" }

    package func refusal(_ refusal: Refusal) -> String {
        switch refusal {
        case .unknownPerson(let name, let known):
            "nobody is called \"\(name)\"; the configuration names "
                + (known.isEmpty ? "nobody: add [[person]] sections" : known.joined(separator: ", "))
        case .wrongRole(let name, let role):
            "\(name) is not \(signer(role)), whose turn it is"
        case .signedAlready(let name): "\(name) has signed this already"
        case .otherProposal(let number, let current):
            "proposal \(number) does not stand"
                + (current.map { "; proposal \($0) does: look at it with warnings list" } ?? ", and no other does")
        case .declinedAlready(let number): "proposal \(number) is declined already"
        case .nothingInForce: "no warning is in force"
        case .orderStands(let authority): "an order of the \(authority) stands; end it, or record its consent, first"
        case .noOrder(let authority): "no order of the \(authority) stands"
        case .noHours: "no hour has been measured yet"
        case .badText(let text): "\"\(text)\": a text of 1 to 4000 characters is wanted"
        case .badHours: "dust hours: from the earlier to the later, at most a month of them, not older than two months"
        case .unknownArea(let area, let known):
            "no area \"\(area)\"; the configuration has \(known.isEmpty ? "none" : known.joined(separator: ", "))"
        case .needsHigherConsent(let authority, let level):
            "\(warning(level)) is above the regional warning of the \(authority); record its consent first: warnings order "
                + "--from \(authority) --consent \(level)"
        case .needsNoConsent(let authority):
            "the order of the \(authority) is no regional warning: above it no consent is needed"
        case .needsConsent: "below the level that was ordered: the authority's consent is needed first"
        case .forecastNotNewer(let issuer, let issued):
            "not newer than what \(issuer) issued last, \(time(issued))"
        case .forecastFromFuture(let issued): "issued in the future, \(time(issued)); check the clocks"
        case .forecastStopsShort(let last, let hours):
            "the forecast stops at \(time(last.endingLabel)), short of \(hours) hours from now: is the file whole?"
        case .forecastContradicts(let day): "two values for \(day.day.date.iso8601) in one issue"
        case .forecastOver: "the forecast says nothing of hours to come"
        case .forecastTooFar(let days): "the forecast speaks of hours more than \(days) days away"
        case .tooManyIssuers(let count): "there are \(count) issuers already"
        case .noTask, .unknownParty, .wrongStep, .doneAlready, .noNotice, .unknownChannel, .noticeWaits, .notSent:
            taskRefusal(refusal) ?? ""
        }
    }

    package func ledgerLine(_ line: LedgerLine) -> String? {
        let by = line.person.map { " by \($0)" } ?? ""
        let what = line[.action]
        let cause = Consultations.Cause(rawValue: line[.cause]).map(why) ?? ""
        let why = line.reason.map { ": \($0)" } ?? ""
        return switch line.kind {
        case .proposed: "proposal \(line[.proposal]): \(what)\(by)\(why)"
        case .voided: "proposal \(line[.proposal]) (\(what)) is not wanted any more; its signatures are void"
        case .signed: "proposal \(line[.proposal]) (\(what)) signed\(by)"
        case .declined: "proposal \(line[.proposal]) (\(what)) declined\(by)\(why)"
        case .issued: nil
        case .order where line[.scope] == "region":
            "regional warning of the \(line[.from]): \(line[.level]), recorded\(by)\(why)"
        case .order: "order of the \(line[.from]): \(line[.level]), recorded\(by)\(why)"
        case .consent: "consent of the \(line[.from]) to \(line[.level]), recorded\(by)\(why)"
        case .advice: "advice of the \(line[.from]): \(line[.level]), recorded\(by)\(why)"
        case .dustProposed: "hours may be dust; say so, or not, with warnings dust"
        case .dustSet: "hours set as dust\(by)\(why)"
        case .dustCleared: "hours cleared of dust\(by)\(why)"
        case .forecast: "forecast of \(line[.issuer])\(by)"
        case .consultationDue: "a consultation is due: \(cause)"
        case .consultation: "consultation recorded\(by): \(line[.verdict])"
        case .tasks, .taskAcknowledged, .taskReported, .notice, .noticeHandedOver, .noticeSent, .noticeAcknowledged:
            taskLine(line)
        case .area: "\(line[.area]): \(line[.level])\(by)\(why)"
        }
    }

    package func storedHourJudged(time: String) -> String {
        "\(time): this hour came into the store while no monitor ran; the rules of the warnings are applied to it now"
    }
    package func storedHoursChanged(next time: String) -> String {
        "hours in the store were changed while no monitor ran; the warnings are judged by them next at \(time)"
    }
    package func monitorMustRun(_ path: String) -> String {
        "\(path): no monitor answers there, and only a running one can act; start it with aqi-monitor run"
    }
    package func controlFailed(_ path: String) -> String {
        "\(path): the monitor gave no answer that can be read; is it of the same version?"
    }
    package func forecastTooLarge(_ path: String, bytes: Int) -> String {
        "\(path): larger than \(bytes) bytes; give the newest issue alone"
    }
    package func draftStands(_ draft: Draft, evidence: String) -> String {
        "proposal \(draft.number): \(proposes(draft)), \(evidence)"
    }
    private func proposes(_ draft: Draft) -> String {
        let level = warning(draft.event.level)
        return switch draft.event.proposal ?? draft.event.kind {
        case .issued: "issue a \(level)"
        case .upgraded: "upgrade to \(level)"
        case .downgraded: "downgrade to \(level)"
        case .lifted: "lift the \(level)"
        case .proposed: level
        }
    }
    package func draftSigned(_ signature: Draft.Signature) -> String {
        "signed by \(signature.person), \(signer(signature.role)), \(time(signature.time))"
    }
    package func draftDeclined(_ decline: Draft.Decline) -> String {
        "declined by \(decline.person), \(signer(decline.role)), \(time(decline.time)): \(decline.reason)"
    }
    package func draftAwaits(_ role: Role) -> String { "awaits the signature of the \(signer(role))" }
    package var orderAwaitsFirstHour: String { "an order is decided with the first hour that is over" }
    package func orderStands(
        from authority: String, _ level: WarningLevel, isRegional: Bool, consent: WarningLevel?
    ) -> String {
        "\(isRegional ? "regional warning" : "order") of the \(authority): \(warning(level))"
            + (consent.map { ", consent to \(warning($0))" } ?? "")
    }
    package func adviceStands(from authority: String, _ level: WarningLevel) -> String {
        "advice of the \(authority): \(warning(level)); consult, then decide"
    }
    package func consentIsMissing(of authority: String, to level: WarningLevel) -> String {
        "the consent of the \(authority) to \(warning(level)) is missing: above its regional warning"
    }
    package func areaLevel(_ area: AreaLevel) -> String {
        "\(area.area): \(warning(area.level)), consent recorded by \(area.consentBy), \(time(area.time)): \(area.reason)"
    }
    package func dustHours(from first: String, to last: String, isProposed: Bool) -> String {
        isProposed ? "may be dust: \(first) ... \(last)" : "dust: \(first) ... \(last)"
    }
    package func forecastInUse(issuer: String, issued: String, through: String) -> String {
        "forecast of \(issuer), issued \(issued), through \(through)"
    }
    package func consultationDue(_ cause: Consultations.Cause, by time: String, isOverdue: Bool) -> String {
        "consultation \(isOverdue ? "OVERDUE since" : "due by") \(time): \(why(cause))"
    }
    private func why(_ cause: Consultations.Cause) -> String {
        switch cause {
        case .ordinary: "weekly"
        case .heatingSeason: "daily in the heating season"
        case .foreseen: "moderate or heavy pollution in 3 to 5 days"
        case .advice: "advised by a higher authority"
        case .heavy: "twice a day during heavy pollution"
        case .heavyWithoutWarning: "heavy pollution and no warning out"
        }
    }
    package func skillTitle(_ issuer: String) -> String { "Forecasts of \(issuer), daily index, by lead day" }
    package var skillHeader: [String] { ["day", "days", "bias", "RMSE", "hit rate", "false alarms"] }
    package var skillNone: String { "no forecast has come to its day yet" }
    package var baselineIsIndicative: String {
        "INDICATIVE: the built-in baseline issues nothing and counts for no warning. Root mean square error of the 24 h index:"
    }
    private func time(_ instant: Instant) -> String { instant.dateAndClock }
}
