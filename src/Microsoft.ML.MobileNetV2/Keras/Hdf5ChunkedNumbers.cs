namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Represents numbers that an HDF5 file keeps in chunks.</summary>
internal sealed class Hdf5ChunkedNumbers
{
    private const int MaxRank = 8;

    /// <summary>h5py makes chunks of at most 1 MB by itself; the largest tensor of the published networks has 7 MB.</summary>
    private const int MaxChunkLength = 16 << 20;

    private Hdf5ChunkedNumbers()
    {
    }

    /// <summary>Gets the address of the message that says where the numbers are.</summary>
    internal required long LayoutAddress { get; init; }

    /// <summary>Gets the address of the tree of chunks.</summary>
    internal required long TreeAddress { get; init; }

    internal required int[] Shape { get; init; }

    internal required int[] ChunkShape { get; init; }

    internal required int ValueLength { get; init; }

    internal required IReadOnlyList<Hdf5Filter> Filters { get; init; }

    /// <summary>Gets the number of bytes of all values.</summary>
    internal required long Length { get; init; }

    /// <summary>Gets the number of bytes of a chunk; chunks at the border are as large as all others.</summary>
    internal required int ChunkLength { get; init; }

    /// <summary>Gets the number of bytes of all chunks.</summary>
    internal Int128 TotalChunkLength => (Int128)ChunkCount * ChunkLength;

    /// <summary>Gets how many chunks hold all values.</summary>
    internal long ChunkCount => Shape.Zip(ChunkShape, (length, chunk) => ((long)length + chunk - 1) / chunk).Aggregate(1L, (product, count) => product * count);

    /// <summary>Reads the description of chunks, and refuses numbers that are more than <paramref name="maxLength"/> bytes.</summary>
    internal static Hdf5ChunkedNumbers Read(Hdf5Bytes bytes, long layout, long shape, int valueLength, IReadOnlyList<Hdf5Filter> filters, long maxLength)
    {
        const int LayoutStart = 11;
        const int ShapeStart = 8;
        int rank = bytes.Byte(shape + 1);
        bytes.Require(
            rank is > 0 and <= MaxRank && bytes.Byte(layout + 2) == rank + 1 && bytes.Int32(layout + LayoutStart + rank * sizeof(int)) == valueLength,
            "has chunks that do not fit the shape of the numbers");
        int[] dimensions = new int[rank];
        int[] chunk = new int[rank];
        long length = valueLength;
        long chunkLength = valueLength;
        for (int i = 0; i < rank; i++)
        {
            long dimension = bytes.Int64(shape + ShapeStart + i * sizeof(long));
            chunk[i] = bytes.Int32(layout + LayoutStart + i * sizeof(int));
            bytes.Require(dimension >= 0 && dimension <= maxLength && chunk[i] > 0, "has chunks or numbers of an impossible shape");
            dimensions[i] = (int)dimension;
            length *= dimension;
            chunkLength *= chunk[i];
            bytes.Require(length <= maxLength && chunkLength <= MaxChunkLength, "has chunks with more numbers than weights of a MobileNetV2 have (h5repack -l CONTI -f NONE writes them plainly)");
        }

        return new()
        {
            LayoutAddress = layout,
            TreeAddress = bytes.Int64(layout + 3),
            Shape = dimensions,
            ChunkShape = chunk,
            ValueLength = valueLength,
            Filters = filters,
            Length = length,
            ChunkLength = (int)chunkLength,
        };
    }
}
