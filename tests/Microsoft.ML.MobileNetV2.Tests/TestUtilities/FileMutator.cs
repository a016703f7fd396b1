using System.Text;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Damages files in ways that damage and malice have: the same seed gives the same damage.</summary>
internal sealed class FileMutator(int seed)
{
    private static readonly byte[][] HugeNumbers =
    [
        BitConverter.GetBytes(int.MaxValue),
        BitConverter.GetBytes(long.MaxValue),
        BitConverter.GetBytes(-1L),
        BitConverter.GetBytes(1L << 31),
        BitConverter.GetBytes(1L << 40),
        [0xFF, 0xFF, 0xFF, 0xFF, 0x07],
        "99999999"u8.ToArray(),
    ];

    private readonly Random _random = new(seed);

    internal byte[] Mutate(byte[] file)
    {
        byte[] mutated = [.. file];
        int count = _random.Next(1, 4);
        for (int i = 0; i < count && mutated.Length > 16; i++)
        {
            mutated = _random.Next(8) switch
            {
                0 => mutated[.._random.Next(mutated.Length)],
                1 => Overwrite(mutated, HugeNumbers[_random.Next(HugeNumbers.Length)]),
                2 => Swap(mutated, 1 << _random.Next(5)),
                3 => Insert(mutated, mutated[^_random.Next(1, 16)..]),
                4 => [.. mutated, .. new byte[_random.Next(1, 100)]],
                5 => Overwrite(mutated, [(byte)_random.Next(256)]),
                _ => FlipBit(mutated),
            };
        }

        return mutated;
    }

    /// <summary>Damages a pickle, or splices a call of a command or a whole pickle into it.</summary>
    internal byte[] MutatePickle(byte[] pickle)
    {
        byte[] command = Encoding.ASCII.GetBytes("cos\nsystem\n(X\u0010\0\0\0touch executed.ttR");
        return _random.Next(6) switch
        {
            0 => Insert(pickle, command),
            1 => Insert(pickle, pickle),
            2 => Insert(pickle, [.. Enumerable.Repeat((byte)(_random.Next(2) == 0 ? '(' : 0x85), 1000)]),
            _ => Mutate(pickle),
        };
    }

    internal int Next(int end) => _random.Next(end);

    internal bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private byte[] FlipBit(byte[] file)
    {
        file[Position(file.Length)] ^= (byte)(1 << _random.Next(8));
        return file;
    }

    private byte[] Overwrite(byte[] file, byte[] bytes)
    {
        int position = Position(file.Length);
        bytes.AsSpan(0, Math.Min(bytes.Length, file.Length - position)).CopyTo(file.AsSpan(position));
        return file;
    }

    private byte[] Swap(byte[] file, int length)
    {
        if (file.Length <= length)
        {
            return file;
        }

        int first = Position(file.Length - length);
        int second = Position(file.Length - length);
        byte[] saved = file[first..(first + length)];
        file.AsSpan(second, length).CopyTo(file.AsSpan(first));
        saved.CopyTo(file, second);
        return file;
    }

    private byte[] Insert(byte[] file, byte[] bytes)
    {
        int position = Position(file.Length);
        return [.. file[..position], .. bytes, .. file[position..]];
    }

    /// <summary>Returns places at the start and the end, where formats keep their structure, more often than others.</summary>
    private int Position(int length) => _random.Next(4) switch
    {
        0 => _random.Next(Math.Min(length, 64)),
        1 => length - 1 - _random.Next(Math.Min(length, 256)),
        _ => _random.Next(length),
    };
}
