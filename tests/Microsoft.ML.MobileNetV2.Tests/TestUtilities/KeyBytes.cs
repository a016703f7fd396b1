using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Writes descriptions of transformers as ML.NET does.</summary>
internal static class KeyBytes
{
    internal const int ContentOffset = 0x10;
    internal const int EndsOffset = 0x20;
    internal const int TextsOffset = 0x30;
    private const int HeaderLength = 0x100;
    private const int LoaderOffset = 0x50;

    internal static byte[] Create(string loader, int[] numbers, params string[] texts)
    {
        byte[] content = [.. numbers.SelectMany(BitConverter.GetBytes)];
        byte[] chars = Encoding.Unicode.GetBytes(string.Concat(texts));
        byte[] ends = new byte[texts.Length * sizeof(long)];
        long end = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            end += texts[i].Length * sizeof(char);
            BinaryPrimitives.WriteInt64LittleEndian(ends.AsSpan(i * sizeof(long)), end);
        }

        byte[] key = [.. new byte[HeaderLength], .. content, .. ends, .. chars, .. "LEDOM\0LM"u8];
        "ML\0MODEL"u8.CopyTo(key);
        Encoding.ASCII.GetBytes(loader).CopyTo(key, LoaderOffset);
        SetSection(key, ContentOffset, HeaderLength, content.Length);
        SetSection(key, EndsOffset, HeaderLength + content.Length, ends.Length);
        SetSection(key, TextsOffset, HeaderLength + content.Length + ends.Length, chars.Length);
        return key;
    }

    internal static void SetSection(byte[] key, int offset, long start, long length)
    {
        BinaryPrimitives.WriteInt64LittleEndian(key.AsSpan(offset), start);
        BinaryPrimitives.WriteInt64LittleEndian(key.AsSpan(offset + sizeof(long)), length);
    }
}
