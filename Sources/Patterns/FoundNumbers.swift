/// Numbers of what was found in a text, each once.
@safe
struct FoundNumbers {
    private let numbers: UnsafeMutableBufferPointer<UInt32>
    private var count = 0

    /// The number of the text in which a number was last added.
    private let addedIn: UnsafeMutableBufferPointer<UInt32>

    /// The number of the text, which is never 0.
    private var text: UInt32 = 0

    /// Makes room for all numbers below a limit.
    init(below limit: Int) {
        unsafe numbers = .allocate(capacity: limit)
        unsafe numbers.initialize(repeating: 0)
        unsafe addedIn = .allocate(capacity: limit)
        unsafe addedIn.initialize(repeating: 0)
    }

    func deallocate() {
        unsafe numbers.deallocate()
        unsafe addedIn.deallocate()
    }

    /// Forgets what was found.
    mutating func begin() {
        count = 0
        text &+= 1
        guard text == 0 else { return }
        unsafe addedIn.update(repeating: 0)
        text = 1
    }

    /// Adds a number that is below the limit.
    @inline(__always)
    mutating func add(_ number: UInt32) {
        guard unsafe addedIn[Int(number)] != text else { return }
        unsafe addedIn[Int(number)] = text
        unsafe numbers[count] = number
        count += 1
    }

    /// Adds all numbers, for when nothing can be ruled out.
    mutating func addAll() {
        for number in unsafe numbers.indices { add(UInt32(number)) }
    }

    /// The numbers, until more are added.
    var all: UnsafeBufferPointer<UInt32> { unsafe UnsafeBufferPointer(rebasing: numbers[..<count]) }
}
