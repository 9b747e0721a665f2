/// The list of diagnostic codes.
///
/// A released number is never reused. `R1xx` reading files, `R2xx` shape, `R3xx` names and types, `R4xx` patterns, `R5xx` actions and their settings.
public enum DiagnosticCode: String, Hashable, Sendable, CaseIterable {
    /// A file or folder cannot be read.
    case unreadable = "R101"
    /// A file is not UTF-8.
    case notUTF8 = "R102"
    /// A file is not YAML.
    case yamlSyntax = "R103"
    /// A key stands twice in one mapping.
    case duplicateKey = "R104"
    /// A file is larger than the limit.
    case fileTooLarge = "R105"
    /// A file is nested deeper than the limit.
    case nestedTooDeep = "R106"
    /// Aliases blow a file up beyond the limit.
    case aliasesTooLarge = "R107"
    /// Something of YAML that rule files do not use: complex keys, tags, several documents.
    case unsupportedYAML = "R108"
    /// A folder holds no rule file.
    case noRuleFiles = "R109"
    /// A file whose lines are not as `beckon fmt` writes them.
    case notInStandardForm = "R110"
    /// A file that cannot be put in the standard form.
    case noStandardForm = "R111"

    /// A key that is not known where it stands.
    case unknownField = "R201"
    /// A key that must be there is not.
    case missingField = "R202"
    /// A value of another kind than the key takes.
    case wrongKind = "R203"
    /// Part of the rule language that this version does not have yet.
    case notBuiltYet = "R204"
    /// A list or mapping that must hold something is empty.
    case emptyValue = "R205"
    /// A value that is not one of those allowed.
    case unknownValue = "R206"

    /// A value that grows beyond what the engine takes on.
    case tooLarge = "R207"
    /// Keys that cannot stand beside each other.
    case contradiction = "R208"

    /// An id defined twice.
    case duplicateID = "R301"
    /// A name that nothing defines.
    case unknownName = "R302"
    /// A phone number that is not whole.
    case phoneNumber = "R303"
    /// An id that is not in kebab case.
    case malformedID = "R304"
    /// An event type that no format produces.
    case unknownEventType = "R305"
    /// A key or password written into a rule file.
    case secretInFile = "R306"
    /// An action that needs a business number which the events do not carry.
    case noBusinessNumber = "R307"
    /// A field path that cannot be read.
    case malformedPath = "R308"

    /// Conditions that use each other.
    case circularUse = "R309"
    /// A rule that no longer fires, or soon will not.
    case expires = "R310"
    /// A key that changes nothing where it stands.
    case withoutEffect = "R311"
    /// A list or table file that cannot be used.
    case unusableFile = "R312"
    /// Opening hours, a shift or days off that cannot be meant.
    case unusableSchedule = "R313"
    /// A rule of which little can be looked for, so that it is tried on many events.
    case triedOften = "R314"

    /// A regex that PCRE2 does not compile.
    case patternSyntax = "R401"
    /// A regex that matches every text.
    case patternMatchesAll = "R402"
    /// A control character in a regex, as `"\b"` in double quotes makes one.
    case patternControlCharacter = "R403"
    /// A keyword that holds nothing to find.
    case emptyKeyword = "R404"

    /// `\b`, `\w` or `\W` beside a script whose vowel signs PCRE2 does not count as letters.
    case patternWordEscape = "R405"
    /// A regex that takes too many steps on some texts.
    case patternSlow = "R406"

    /// An action that does not exist.
    case unknownAction = "R501"
    /// A setting that must be there is not.
    case missingSetting = "R502"
    /// A setting that the action does not have.
    case unknownSetting = "R503"
    /// A setting that the action refuses.
    case refusedSetting = "R504"
    /// A template that cannot be read.
    case templateSyntax = "R505"
    /// A template that names what the event or the rule does not have.
    case templateName = "R506"
}
