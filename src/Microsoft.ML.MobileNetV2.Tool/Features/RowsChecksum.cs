using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Computes a hash of rows, by which a damaged file is recognized. It does not depend on how Parquet stores them.</summary>
internal sealed class RowsChecksum : IDisposable
{
    private const int Missing = -1;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    internal void Add(FeatureRow row)
    {
        Add(row.Path);
        Add(row.Label);
        Add(row.Error);
        Add(row.ContentHash);
        Add(row.Features?.Length ?? Missing);
        _hash.AppendData(MemoryMarshal.AsBytes<float>(row.Features));
    }

    /// <summary>Returns the hash of all rows.</summary>
    internal string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Add(string? text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text ?? string.Empty);
        Add(text is null ? Missing : bytes.Length);
        _hash.AppendData(bytes);
    }

    private void Add(int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
