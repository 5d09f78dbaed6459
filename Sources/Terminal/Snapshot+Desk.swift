package import AQICore
package import Warnings

extension Snapshot {
    /// What the warnings wait for, and what they were decided by.
    package struct Desk: Equatable, Sendable {
        /// What somebody said to a proposal: a signature, or with a reason that it is declined.
        package struct Step: Equatable, Sendable {
            package var role: Role
            package var person: String
            package var time: Instant
            package var reason: String?

            package init(role: Role, person: String, time: Instant, reason: String? = nil) {
                self.role = role
                self.person = person
                self.time = time
                self.reason = reason
            }
        }

        /// The numbers that led to a proposal.
        package struct Evidence: Equatable, Sendable {
            /// The index of the 24 h up to the hour, and of the hour.
            package var index24: Int32?
            package var indexHour: Int32?
            /// The largest index still to come.
            package var largestAhead: Int32?
            /// Days above each bound that do not overlap.
            package var days: [Int32: Int] = [:]

            package init() {}
        }

        /// A proposal on its way through the offices.
        package struct Proposal: Equatable, Sendable {
            package var number: Int
            package var action: WarningEvent.Kind
            package var level: WarningLevel
            package var basis: WarningEvent.Basis
            package var since: Hour
            package var evidence = Evidence()
            /// The signatures that are there.
            package var signatures: [Step] = []
            package var declined: Step?
            /// Whose turn it is.
            package var next: Role?

            package init(
                number: Int, action: WarningEvent.Kind, level: WarningLevel, basis: WarningEvent.Basis, since: Hour
            ) {
                self.number = number
                self.action = action
                self.level = level
                self.basis = basis
                self.since = since
            }
        }

        /// What an authority ordered, and to what it consents instead.
        package struct Order: Equatable, Sendable {
            package var authority: String
            package var level: WarningLevel
            /// A regional warning: above its level the city goes only with consent.
            package var isRegional: Bool
            package var consent: WarningLevel?

            package init(
                authority: String, level: WarningLevel, isRegional: Bool = false, consent: WarningLevel? = nil
            ) {
                self.authority = authority
                self.level = level
                self.isRegional = isRegional
                self.consent = consent
            }
        }

        /// An area of the city; without a consent its level is the city's.
        package struct Area: Equatable, Sendable {
            package var name: String
            /// Nil where no warning is in force.
            package var level: WarningLevel?
            package var consentBy: String?

            package init(name: String, level: WarningLevel? = nil, consentBy: String? = nil) {
                self.name = name
                self.level = level
                self.consentBy = consentBy
            }
        }

        /// The forecast that counts.
        package struct InUse: Equatable, Sendable {
            package var issuer: String
            package var issued: Instant
            package var last: Hour?

            package init(issuer: String, issued: Instant, last: Hour? = nil) {
                self.issuer = issuer
                self.issued = issued
                self.last = last
            }
        }

        /// Something that is to be acknowledged or reported.
        package struct Task: Equatable, Sendable {
            package var number: Int
            /// What it is, in the monitor's language.
            package var text: String
            package var due: Instant
            /// Who has not done it, in the monitor's language.
            package var outstanding: [String]

            package init(number: Int, text: String, due: Instant, outstanding: [String]) {
                self.number = number
                self.text = text
                self.due = due
                self.outstanding = outstanding
            }
        }

        /// A channel on which the newest notice goes to the public.
        package struct Channel: Equatable, Sendable {
            /// Its name, in the monitor's language.
            package var name: String
            package var last: Instant?
            /// When it must send next; overdue when that is past.
            package var due: Instant?

            package init(name: String, last: Instant? = nil, due: Instant? = nil) {
                self.name = name
                self.last = last
                self.due = due
            }
        }

        /// The newest notice to the public.
        package struct Notice: Equatable, Sendable {
            package var number: Int
            /// What it tells, in the monitor's language.
            package var text: String
            /// When it goes out: a lift waits an hour for the next issue.
            package var start: Instant
            package var isHandedOver: Bool
            package var channels: [Channel]

            package init(number: Int, text: String, start: Instant, isHandedOver: Bool, channels: [Channel]) {
                self.number = number
                self.text = text
                self.start = start
                self.isHandedOver = isHandedOver
                self.channels = channels
            }
        }

        /// Something that is to be done at the level in force. Its texts are in the monitor's language.
        package struct Measure: Equatable, Sendable {
            /// As the response names it.
            package var id: String
            /// The heading under which the plan has it.
            package var kind: String
            package var text: String
            /// The plan itself allows exceptions (原则上).
            package var isPrinciple: Bool
            /// What makes it wait, or why it is not carried out now; nil where it runs.
            package var waits: String?
            /// Who carries it out; empty where the plan names nobody.
            package var departments: [String]
            package var clause: String

            package init(
                id: String, kind: String, text: String, isPrinciple: Bool = false, waits: String? = nil,
                departments: [String] = [], clause: String
            ) {
                self.id = id
                self.kind = kind
                self.text = text
                self.isPrinciple = isPrinciple
                self.waits = waits
                self.departments = departments
                self.clause = clause
            }
        }

        package var draft: Proposal?
        /// The heavy hours to which the warning in force belongs, as far as they are known.
        package var spell: HourRanges.Range?
        /// The authority without whose consent the proposal is not issued: it goes above its regional warning.
        package var missingConsent: String?
        /// The next consultation: overdue when its time is past.
        package var consultation: Consultations.Due?
        package var orders: [Order] = []
        package var areas: [Area] = []
        /// Hours set as dust by a person.
        package var dust: [HourRanges.Range] = []
        /// Hours that may be dust, of which nobody has said yet.
        package var mayBeDust: [HourRanges.Range] = []
        package var forecast: InUse?
        /// Two days back and five ahead; nil before the first hour.
        package var curve: IndexCurve?
        /// What is open, oldest first; late when its time is past.
        package var tasks: [Task] = []
        package var notice: Notice?
        /// What the level in force in the city asks for, in the order of the plan; empty without a warning.
        package var measures: [Measure] = []

        package init() {}
    }
}
