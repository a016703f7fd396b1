using System.IO.Compression;

namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Reverses the filters of chunks, and puts the values where they belong. Memory is taken for one chunk, not for what it claims to hold.</summary>
internal sealed class Hdf5ChunkDecoder(byte[] content, Hdf5Bytes bytes, Hdf5ChunkedNumbers numbers)
{
    private byte[] _values = new byte[numbers.ChunkLength];
    private byte[] _other = numbers.Filters.Contains(Hdf5Filter.Shuffle) ? new byte[numbers.ChunkLength] : [];

    /// <param name="chunk">The chunk.</param>
    /// <param name="target">All values.</param>
    internal void Decode(Hdf5Chunk chunk, Span<byte> target)
    {
        bool isDeflated = false;
        bool isShuffled = false;
        for (int i = 0; i < numbers.Filters.Count; i++)
        {
            if ((chunk.SkippedFilters >> i & 1) == 0)
            {
                // As written by h5py and Keras: shuffled, then compressed.
                bytes.Require(!isDeflated, "has filters in an unknown order");
                isDeflated = numbers.Filters[i] == Hdf5Filter.Deflate;
                isShuffled |= !isDeflated;
            }
        }

        ReadBytes(chunk, isDeflated);
        if (isShuffled)
        {
            Unshuffle();
        }

        Copy(chunk.Start, dimension: 0, source: 0, destination: 0, target);
    }

    private void ReadBytes(Hdf5Chunk chunk, bool isDeflated)
    {
        if (!isDeflated)
        {
            bytes.Require(chunk.Length == _values.Length, "has a chunk of a wrong length");
            content.AsSpan((int)chunk.Address, chunk.Length).CopyTo(_values);
            return;
        }

        using MemoryStream stored = new(content, (int)chunk.Address, chunk.Length, writable: false);
        using ZLibStream inflated = new(stored, CompressionMode.Decompress);
        int length = inflated.ReadAtLeast(_values, _values.Length, throwOnEndOfStream: false);
        bytes.Require(length == _values.Length, "has a compressed chunk with too few numbers");
        bytes.Require(inflated.ReadByte() < 0, "has a compressed chunk with more numbers than its shape says");
    }

    private void Unshuffle()
    {
        int count = _values.Length / numbers.ValueLength;
        for (int position = 0; position < numbers.ValueLength; position++)
        {
            for (int i = 0; i < count; i++)
            {
                _other[i * numbers.ValueLength + position] = _values[position * count + i];
            }
        }

        (_values, _other) = (_other, _values);
    }

    /// <summary>Copies a chunk row by row; what reaches beyond the border is filling.</summary>
    private void Copy(int[] start, int dimension, long source, long destination, Span<byte> target)
    {
        int chunk = numbers.ChunkShape[dimension];
        int count = Math.Min(chunk, numbers.Shape[dimension] - start[dimension]);
        if (dimension == start.Length - 1)
        {
            long first = (destination * numbers.Shape[dimension] + start[dimension]) * numbers.ValueLength;
            _values.AsSpan((int)(source * chunk * numbers.ValueLength), count * numbers.ValueLength).CopyTo(target[(int)first..]);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            Copy(start, dimension + 1, source * chunk + i, destination * numbers.Shape[dimension] + start[dimension] + i, target);
        }
    }
}
