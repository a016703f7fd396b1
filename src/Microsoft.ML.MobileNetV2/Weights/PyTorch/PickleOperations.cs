using System.Buffers.Binary;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Provides the operation of each known opcode of a pickle, under the numbers of Python's pickle protocols 0 to 2.</summary>
internal static class PickleOperations
{
    internal const byte Stop = (byte)'.';

    /// <summary>Gets the known opcodes but <see cref="Stop"/>.</summary>
    internal static IReadOnlyDictionary<byte, Action<PickleReader>> All { get; } = new Dictionary<byte, Action<PickleReader>>
    {
        [0x80] = reader => reader.ReadByte(),
        [(byte)'('] = reader => reader.Mark(),

        [(byte)'N'] = reader => reader.Push(null),
        [0x88] = reader => reader.Push(true),
        [0x89] = reader => reader.Push(false),
        [(byte)'K'] = reader => reader.Push((long)reader.ReadByte()),
        [(byte)'M'] = reader => reader.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(reader.ReadBytes(2))),
        [(byte)'J'] = reader => reader.Push((long)reader.ReadInt32()),
        [(byte)'G'] = reader => reader.Push(BinaryPrimitives.ReadDoubleBigEndian(reader.ReadBytes(8))),
        [0x8a] = PushLong,

        [(byte)'X'] = reader => reader.Push(reader.ReadText(reader.ReadInt32())),
        [(byte)'T'] = reader => reader.Push(reader.ReadText(reader.ReadInt32())),
        [(byte)'U'] = reader => reader.Push(reader.ReadText(reader.ReadByte())),

        [(byte)')'] = reader => reader.Push(Array.Empty<object?>()),
        [0x85] = reader => PushTuple(reader, 1),
        [0x86] = reader => PushTuple(reader, 2),
        [0x87] = reader => PushTuple(reader, 3),
        [(byte)'t'] = reader => reader.Push(reader.PopToMark()),

        [(byte)']'] = reader => reader.Push(new List<object?>()),
        [(byte)'a'] = reader => Append(reader, [reader.Pop()]),
        [(byte)'e'] = reader => Append(reader, reader.PopToMark()),
        [(byte)'}'] = reader => reader.Push(new Dictionary<object, object?>()),
        [(byte)'s'] = SetItem,
        [(byte)'u'] = reader => SetItems(reader, reader.PopToMark()),

        [(byte)'q'] = reader => reader.Remember(reader.ReadByte()),
        [(byte)'r'] = reader => reader.Remember(reader.ReadInt32()),
        [(byte)'h'] = reader => reader.Recall(reader.ReadByte()),
        [(byte)'j'] = reader => reader.Recall(reader.ReadInt32()),

        [(byte)'c'] = PushGlobal,
        [(byte)'R'] = Reduce,
        [(byte)'b'] = Build,
        [(byte)'Q'] = PushStorage,
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

    private static void PushLong(PickleReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.ReadBytes(reader.ReadByte());
        System.Numerics.BigInteger value = new(bytes);

        // PyTorch's mark of the older format needs ten bytes; no size or index does.
        reader.Push(value >= long.MinValue && value <= long.MaxValue ? (long)value : (object)value);
    }

    private static void Append(PickleReader reader, object?[] values) => reader.Peek<List<object?>>().AddRange(values);

    private static void SetItem(PickleReader reader)
    {
        object? value = reader.Pop();
        SetItems(reader, [reader.Pop(), value]);
    }

    private static void SetItems(PickleReader reader, object?[] values)
    {
        Dictionary<object, object?> dictionary = reader.Peek<Dictionary<object, object?>>();
        for (int i = 0; i < values.Length; i += 2)
        {
            if (i + 1 == values.Length || values[i] is not (string or long))
            {
                throw reader.Invalid("has a dictionary whose keys are neither text nor numbers");
            }

            dictionary[values[i]!] = values[i + 1];
        }
    }

    private static void PushGlobal(PickleReader reader)
    {
        PickleGlobal global = new(reader.ReadLine(), reader.ReadLine());
        reader.Push(TorchGlobals.IsAllowed(global) ? global : throw reader.Forbidden($"refers to '{Shorten(global.ToString())}'"));
    }

    private static void Reduce(PickleReader reader)
    {
        object? arguments = reader.Pop();
        object? callable = reader.Pop();
        reader.Push(TorchGlobals.Call(callable, arguments) ?? throw reader.Invalid("makes a tensor or dictionary of something else"));
    }

    /// <summary>Takes the attributes that PyTorch hangs on a dictionary (versions of modules) off the stack; nothing needs them.</summary>
    private static void Build(PickleReader reader)
    {
        reader.Pop();
        reader.Peek<Dictionary<object, object?>>();
    }

    private static void PushStorage(PickleReader reader)
    {
        PickledStorage storage = TorchGlobals.Storage(reader.Pop()) ?? throw reader.Invalid("describes a storage of numbers wrongly");
        reader.Storages.Add(storage);
        reader.Push(storage);
    }

    private static string Shorten(string text) => text.Length <= 100 ? text : $"{text[..100]}…";
}
