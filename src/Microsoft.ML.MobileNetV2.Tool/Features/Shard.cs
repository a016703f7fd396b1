using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Represents one of several parts of a set of images that are about equal. Where an image belongs follows from its path alone.</summary>
/// <param name="Index">Which one, from 1.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct Shard(int Index, int Count)
{
    /// <summary>Gets the shard that all images are in.</summary>
    internal static Shard Whole { get; } = new(1, 1);

    /// <summary>Reads a text such as <c>2/4</c>.</summary>
    internal static bool TryParse([NotNullWhen(true)] string? text, out Shard shard)
    {
        string[] numbers = text?.Split('/') ?? [];
        shard = default;
        if (numbers.Length != 2 || !TryParseNumber(numbers[0], out int index) || !TryParseNumber(numbers[1], out int count) || index < 1 || index > count)
        {
            return false;
        }

        shard = new(index, count);
        return true;
    }

    /// <summary>Returns whether an image belongs to the shard.</summary>
    /// <param name="path">The path from the folder of images on, with slashes on every machine.</param>
    internal bool Contains(string path)
    {
        // The hash codes of .NET differ from one process to the next.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(path), hash);
        return Count == 1 || BinaryPrimitives.ReadUInt64LittleEndian(hash) % (ulong)Count == (ulong)(Index - 1);
    }

    public override string ToString() => FormattableString.Invariant($"{Index}/{Count}");

    private static bool TryParseNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
