namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Writes numbers that are kept in chunks in one run behind the file, so that the HDF5 library meets neither chunks nor filters.</summary>
internal static class Hdf5Unchunking
{
    private const byte Contiguous = 1;

    /// <summary>Returns the file with all numbers in runs.</summary>
    internal static byte[] Apply(byte[] content, string source, IReadOnlyList<(Hdf5ChunkedNumbers Numbers, IReadOnlyList<Hdf5Chunk> Chunks)> all)
    {
        byte[] result = new byte[content.Length + all.Sum(chunked => chunked.Numbers.Length)];
        content.CopyTo(result, 0);
        Hdf5Bytes bytes = new(result, source);
        int end = content.Length;
        foreach ((Hdf5ChunkedNumbers numbers, IReadOnlyList<Hdf5Chunk> chunks) in all)
        {
            Hdf5ChunkDecoder decoder = new(content, bytes, numbers);
            Span<byte> target = result.AsSpan(end, (int)numbers.Length);
            foreach (Hdf5Chunk chunk in chunks)
            {
                decoder.Decode(chunk, target);
            }

            bytes.SetByte(numbers.LayoutAddress + 1, Contiguous);
            bytes.SetInt64(numbers.LayoutAddress + 2, end);
            bytes.SetInt64(numbers.LayoutAddress + 10, numbers.Length);
            end += (int)numbers.Length;
        }

        return result;
    }
}
