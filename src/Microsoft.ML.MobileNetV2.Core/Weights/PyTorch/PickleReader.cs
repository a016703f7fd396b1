using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>
/// Reads a pickle of Python's as plain data: tuples as arrays, lists, dictionaries, text, numbers and tensors. Nothing is executed: other objects
/// stay closed, and what only serves to run something is refused.
/// </summary>
internal sealed class PickleReader(ReadOnlyMemory<byte> content, string source)
{
    /// <summary>A pickle is small compared to its tensors: these bound what a hostile one can make of each of its bytes.</summary>
    internal const int MaxLength = 16 << 20;

    private const int MaxOperations = 1_000_000;
    private readonly Dictionary<int, object?> _memo = [];
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private int _operations;

    /// <summary>Gets the number of bytes that were read; another pickle may follow there.</summary>
    internal int Position { get; private set; }

    /// <summary>Gets the storages that the pickles so far refer to.</summary>
    internal List<PickledStorage> Storages { get; } = [];

    /// <summary>Reads one pickle from the present position.</summary>
    internal object? Read()
    {
        _memo.Clear();
        _stack.Clear();
        _marks.Clear();
        while (true)
        {
            if (++_operations > MaxOperations)
            {
                throw Invalid($"has more than {MaxOperations} steps, which no state dict needs");
            }

            byte opcode = ReadByte();
            if (opcode == PickleOperations.Stop)
            {
                return Pop();
            }

            if (!PickleOperations.All.TryGetValue(opcode, out Action<PickleReader>? operation))
            {
                throw Forbidden($"uses the opcode 0x{opcode:x2} at byte {Position - 1}, which a state dict does not need");
            }

            operation(this);
        }
    }

    internal byte ReadByte() => ReadBytes(1)[0];

    internal long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(ReadBytes(sizeof(long)));

    internal int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(sizeof(int)));

    internal ReadOnlySpan<byte> ReadBytes(long length)
    {
        if (length < 0 || length > content.Length - Position)
        {
            throw new WeightsFormatException(WeightsFormatError.Truncated, source, "its pickle ends before its content does. Download or copy the file again.");
        }

        ReadOnlySpan<byte> bytes = content.Span.Slice(Position, (int)length);
        Position += (int)length;
        return bytes;
    }

    internal string ReadText(long length) => Encoding.UTF8.GetString(ReadBytes(length));

    internal string ReadLine()
    {
        int length = content.Span[Position..].IndexOf((byte)'\n');
        string line = ReadText(length < 0 ? long.MaxValue : length);
        Position++;
        return line;
    }

    internal void Push(object? value) => _stack.Add(value);

    internal object? Pop()
    {
        // What lies below a mark belongs to an outer tuple or dictionary.
        if (_stack.Count <= (_marks.Count > 0 ? _marks.Peek() : 0))
        {
            throw Invalid("takes a value that is not there");
        }

        object? value = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    internal object? Peek()
    {
        object? value = Pop();
        Push(value);
        return value;
    }

    /// <summary>Takes off the last value, or the last mark where no value lies above it.</summary>
    internal void PopOrMark()
    {
        if (_marks.TryPeek(out int mark) && mark == _stack.Count)
        {
            _marks.Pop();
        }
        else
        {
            Pop();
        }
    }

    internal void Mark() => _marks.Push(_stack.Count);

    internal object?[] PopToMark()
    {
        if (!_marks.TryPop(out int mark))
        {
            throw Invalid("has no start for a tuple, list or dictionary");
        }

        object?[] values = _stack.Slice(mark, _stack.Count - mark).ToArray();
        _stack.RemoveRange(mark, _stack.Count - mark);
        return values;
    }

    internal void Remember(int key)
    {
        object? value = Pop();
        Push(value);
        _memo[key] = value;
    }

    /// <summary>Remembers the last value under the next number.</summary>
    internal void Remember() => Remember(_memo.Count);

    internal void Recall(int key) =>
        Push(_memo.TryGetValue(key, out object? value) ? value : throw Invalid("recalls a value that it did not remember"));

    internal WeightsFormatException Invalid(string what) => new(WeightsFormatError.InvalidHeader, source, $"its pickle {what}; the file is damaged.");

    internal WeightsFormatException Forbidden(string what) => new(
        WeightsFormatError.ForbiddenContent,
        source,
        $"its pickle {what}. Only {TorchGlobals.Allowed} are read, and nothing was executed. Save the model's state_dict() alone.");
}
