namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>
/// Walks over the structure of an HDF5 file before the HDF5 library reads it. The library believes every size and address, so a damaged file
/// could make it take any amount of memory or read without end. What the guard lets pass is a tree whose parts all lie in the file.
/// </summary>
/// <remarks>
/// Only what Keras and h5py write by default passes: the file format of HDF5 1.6. What weights have no use for (attributes, fill values, times)
/// is blanked out, so that the library does not interpret it. Numbers in chunks, compressed or not, are put in one run here: the library would
/// inflate a chunk to whatever length it has.
/// </remarks>
internal sealed class Hdf5Guard
{
    private const int MaxStructures = 20_000;
    private const long RootEntryAddress = 56;

    /// <summary>The widest MobileNetV2 with 1000 classes and the state of its optimizer has 75 MB.</summary>
    private const long MaxChunkedLength = 96 << 20;

    private readonly Hdf5Bytes _bytes;
    private readonly Stack<long> _objects = [];
    private readonly HashSet<long> _seen = [];
    private readonly List<(Hdf5ChunkedNumbers Numbers, IReadOnlyList<Hdf5Chunk> Chunks)> _chunked = [];
    private Int128 _chunkedLength;

    private Hdf5Guard(Hdf5Bytes bytes) => _bytes = bytes;

    /// <summary>Checks a file, and returns it without what is not needed and without chunks; <paramref name="content"/> is overwritten.</summary>
    internal static byte[] Check(byte[] content, string source)
    {
        Hdf5Guard guard = new(new Hdf5Bytes(content, source));
        guard.CheckSuperblock();
        while (guard._objects.TryPop(out long address))
        {
            guard.CheckObject(address);
        }

        return guard._chunked.Count == 0 ? content : Hdf5Unchunking.Apply(content, source, guard._chunked);
    }

    private void CheckSuperblock()
    {
        const int Version = 8;
        const int OffsetSize = 13;
        const int LengthSize = 14;
        const int BaseAddress = 24;
        _bytes.Require(_bytes.Byte(Version) == 0, "is not in the format of HDF5 1.6, which Keras and h5py write by default");
        _bytes.Require(_bytes.Byte(OffsetSize) == 8 && _bytes.Byte(LengthSize) == 8 && _bytes.Int64(BaseAddress) == 0, "has addresses of an unknown kind");
        CheckEntry(RootEntryAddress);
    }

    /// <summary>Checks a link to an object, and takes away the shortcut past the object's header that it may hold.</summary>
    private void CheckEntry(long address)
    {
        const int CacheType = 16;
        const int SymbolicLink = 2;
        _bytes.Require(_bytes.Int32(address + CacheType) != SymbolicLink, "has links to other places");
        _bytes.SetInt32(address + CacheType, 0);
        _objects.Push(_bytes.Int64(address + sizeof(long)));
    }

    private void CheckObject(long address)
    {
        const int PrefixLength = 16;
        Visit(address);
        _bytes.Require(_bytes.Byte(address) == 1, "has an object of an unknown version");
        Hdf5Messages messages = new(_bytes, Visit, CheckGroup, CheckChunks);
        messages.Check(address + PrefixLength, (uint)_bytes.Int32(address + 8));
    }

    private void CheckGroup(long tree, long heap)
    {
        const int DataLength = 8;
        const int DataAddress = 24;
        Visit(heap);
        _bytes.RequireSignature(heap, "HEAP"u8);
        _bytes.Require(_bytes.Byte(heap + 4) == 0, "has a list of names of an unknown version");
        long namesLength = _bytes.Int64(heap + DataLength);
        _bytes.RequireInside(_bytes.Int64(heap + DataAddress), namesLength);
        new Hdf5GroupTree(_bytes, Visit, CheckEntry, namesLength).Check(tree);
    }

    private void CheckChunks(long layout, long shape, int valueLength, IReadOnlyList<Hdf5Filter> filters)
    {
        Hdf5ChunkedNumbers numbers = Hdf5ChunkedNumbers.Read(_bytes, layout, shape, valueLength, filters, MaxChunkedLength);
        _chunkedLength += numbers.TotalChunkLength;
        _bytes.Require(_chunkedLength <= MaxChunkedLength, "has chunks with more numbers than weights of a MobileNetV2 have (h5repack -l CONTI -f NONE writes them plainly)");
        _chunked.Add((numbers, new Hdf5ChunkTree(_bytes, Visit, numbers).Read()));
    }

    /// <summary>Notes a part of the file; none may be reached twice, so what is read is a tree and ends.</summary>
    private void Visit(long address) =>
        _bytes.Require(_seen.Add(address) && _seen.Count <= MaxStructures, "has parts that are used twice, or more parts than weights have");
}
