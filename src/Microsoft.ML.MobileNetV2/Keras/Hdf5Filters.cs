using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Reads the message that lists the filters of chunks.</summary>
internal static class Hdf5Filters
{
    private const int MaxFilters = 4;
    private const int FirstRegisteredId = 256;

    private static readonly Dictionary<int, string> Names = new()
    {
        [3] = "Fletcher32",
        [4] = "SZIP",
        [5] = "N-bit",
        [6] = "scale-offset",
        [305] = "LZO",
        [307] = "bzip2",
        [32000] = "LZF",
        [32001] = "Blosc",
        [32004] = "LZ4",
        [32008] = "bitshuffle",
        [32013] = "ZFP",
        [32015] = "Zstandard",
        [32026] = "Blosc2",
    };

    internal static IReadOnlyList<Hdf5Filter> Read(Hdf5Bytes bytes, long data, long length)
    {
        int version = bytes.Byte(data);
        int count = bytes.Byte(data + 1);
        bytes.Require(version is 1 or 2 && count <= MaxFilters, "has a list of filters of an unknown kind");
        long end = data + length;
        long address = data + (version == 1 ? 8 : 2);
        List<Hdf5Filter> filters = [];
        for (int i = 0; i < count; i++)
        {
            int id = bytes.UInt16(address);
            bytes.Require(id is (int)Hdf5Filter.Deflate or (int)Hdf5Filter.Shuffle, Unsupported(id));
            filters.Add((Hdf5Filter)id);
            address += Length(bytes, address, version);
            bytes.Require(address <= end, "has a list of filters that is too short");
        }

        return filters;
    }

    /// <summary>Returns the length of the description of a filter: its number, its name, its flags and its parameters.</summary>
    private static long Length(Hdf5Bytes bytes, long address, int version)
    {
        bool hasName = version == 1 || bytes.UInt16(address) >= FirstRegisteredId;
        int nameLength = hasName ? bytes.UInt16(address + 2) : 0;
        int parameters = bytes.UInt16(address + (hasName ? 6 : 4));
        return version == 1
            ? 8 + (nameLength + 7) / 8 * 8 + (parameters + 1) / 2 * 8
            : (hasName ? 8 : 6) + nameLength + parameters * 4;
    }

    private static string Unsupported(int id)
    {
        string name = Names.TryGetValue(id, out string? known) ? $"{known} (filter {id.ToString(CultureInfo.InvariantCulture)})" : $"filter {id.ToString(CultureInfo.InvariantCulture)}";
        return $"keeps numbers under {name}; only gzip and shuffle are read (h5repack -f NONE writes them plainly)";
    }
}
