using System.Buffers.Binary;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Provides the operation of each known opcode of a pickle, under the numbers of Python's pickle protocols 0 to 5.</summary>
internal static class PickleOperations
{
    internal const byte Stop = (byte)'.';

    /// <summary>Gets the known opcodes but <see cref="Stop"/>.</summary>
    internal static IReadOnlyDictionary<byte, Action<PickleReader>> All { get; } = new Dictionary<byte, Action<PickleReader>>
    {
        [0x80] = reader => reader.ReadByte(),
        [0x95] = reader => reader.ReadBytes(8),
        [(byte)'('] = reader => reader.Mark(),
        [(byte)'0'] = reader => reader.PopOrMark(),
        [(byte)'1'] = reader => reader.PopToMark(),
        [(byte)'2'] = reader => reader.Push(reader.Peek()),

        [(byte)'N'] = reader => reader.Push(null),
        [0x88] = reader => reader.Push(true),
        [0x89] = reader => reader.Push(false),
        [(byte)'K'] = reader => reader.Push((long)reader.ReadByte()),
        [(byte)'M'] = reader => reader.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(reader.ReadBytes(2))),
        [(byte)'J'] = reader => reader.Push((long)reader.ReadInt32()),
        [(byte)'G'] = reader => reader.Push(BinaryPrimitives.ReadDoubleBigEndian(reader.ReadBytes(8))),
        [0x8a] = reader => reader.Push(PickleNumbers.FromBytes(reader.ReadBytes(reader.ReadByte()))),
        [0x8b] = reader => reader.Push(PickleNumbers.FromBytes(reader.ReadBytes(reader.ReadInt32()))),
        [(byte)'I'] = reader => reader.Push(PickleNumbers.FromLine(reader.ReadLine(), isLong: false) ?? throw reader.Invalid("has a number that is none")),
        [(byte)'L'] = reader => reader.Push(PickleNumbers.FromLine(reader.ReadLine(), isLong: true) ?? throw reader.Invalid("has a number that is none")),
        [(byte)'F'] = reader => reader.Push(PickleNumbers.Float(reader.ReadLine()) ?? throw reader.Invalid("has a number that is none")),

        [(byte)'X'] = reader => reader.Push(reader.ReadText(reader.ReadInt32())),
        [(byte)'T'] = reader => reader.Push(reader.ReadText(reader.ReadInt32())),
        [(byte)'U'] = reader => reader.Push(reader.ReadText(reader.ReadByte())),
        [0x8c] = reader => reader.Push(reader.ReadText(reader.ReadByte())),
        [0x8d] = reader => reader.Push(reader.ReadText(reader.ReadInt64())),
        [(byte)'S'] = reader => reader.Push(PickleNumbers.Unquote(reader.ReadLine())),
        [(byte)'V'] = reader => reader.Push(PickleNumbers.Unescape(reader.ReadLine())),
        [(byte)'B'] = reader => SkipBytes(reader, reader.ReadInt32()),
        [(byte)'C'] = reader => SkipBytes(reader, reader.ReadByte()),
        [0x8e] = reader => SkipBytes(reader, reader.ReadInt64()),
        [0x96] = reader => SkipBytes(reader, reader.ReadInt64()),

        [(byte)')'] = reader => reader.Push(Array.Empty<object?>()),
        [0x85] = reader => PushTuple(reader, 1),
        [0x86] = reader => PushTuple(reader, 2),
        [0x87] = reader => PushTuple(reader, 3),
        [(byte)'t'] = reader => reader.Push(reader.PopToMark()),

        [(byte)']'] = reader => reader.Push(new List<object?>()),
        [(byte)'l'] = reader => reader.Push(new List<object?>(reader.PopToMark())),
        [(byte)'a'] = reader => PickleObjects.Append(reader, [reader.Pop()]),
        [(byte)'e'] = reader => PickleObjects.Append(reader, reader.PopToMark()),
        [(byte)'}'] = reader => reader.Push(new Dictionary<object, object?>()),
        [(byte)'d'] = PickleObjects.PushDictionary,
        [(byte)'s'] = PickleObjects.SetItem,
        [(byte)'u'] = reader => PickleObjects.SetItems(reader, reader.PopToMark()),
        [0x8f] = reader => reader.Push(new PickledObject("set")),
        [0x90] = reader => PickleObjects.Append(reader, reader.PopToMark()),
        [0x91] = PickleObjects.PushFrozenSet,

        [(byte)'q'] = reader => reader.Remember(reader.ReadByte()),
        [(byte)'r'] = reader => reader.Remember(reader.ReadInt32()),
        [(byte)'p'] = reader => reader.Remember(ReadKey(reader)),
        [0x94] = reader => reader.Remember(),
        [(byte)'h'] = reader => reader.Recall(reader.ReadByte()),
        [(byte)'j'] = reader => reader.Recall(reader.ReadInt32()),
        [(byte)'g'] = reader => reader.Recall(ReadKey(reader)),

        [(byte)'c'] = reader => PickleObjects.PushGlobal(reader, reader.ReadLine(), reader.ReadLine()),
        [0x93] = PickleObjects.PushStackGlobal,
        [(byte)'R'] = PickleObjects.Reduce,
        [0x81] = PickleObjects.Reduce,
        [0x92] = PickleObjects.NewObjectWithNames,
        [(byte)'i'] = PickleObjects.PushInstance,
        [(byte)'o'] = PickleObjects.PushObject,
        [(byte)'b'] = PickleObjects.Build,
        [(byte)'Q'] = reader => PickleObjects.PushStorage(reader, TorchGlobals.Storage(reader.Pop())),
        [(byte)'P'] = reader => PickleObjects.PushStorage(reader, TorchGlobals.Storage(reader.ReadLine())),
    };

    private static void PushTuple(PickleReader reader, int length)
    {
        object?[] values = new object?[length];
        for (int i = length - 1; i >= 0; i--)
        {
            values[i] = reader.Pop();
        }

        reader.Push(values);
    }

    /// <summary>Steps over bytes: arrays of other libraries, which no weight of PyTorch's is.</summary>
    private static void SkipBytes(PickleReader reader, long length)
    {
        reader.ReadBytes(length);
        reader.Push(new PickledObject("bytes"));
    }

    private static int ReadKey(PickleReader reader) =>
        PickleNumbers.FromLine(reader.ReadLine(), isLong: true) is long and >= 0 and <= int.MaxValue and var key
            ? (int)(long)key
            : throw reader.Invalid("remembers a value under a name that is no number");
}
