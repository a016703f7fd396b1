using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes files as <c>torch.save</c> writes them.</summary>
internal static class TorchBytes
{
    /// <summary>Makes a zip file with a state dict of all tensors of a checkpoint.</summary>
    internal static byte[] Zip(Checkpoint checkpoint)
    {
        (string Name, byte[] Content)[] storages = [.. checkpoint.Tensors.Values.Select((tensor, index) => (Key(index), Bytes(tensor)))];
        return Zip(StateDict(new PickleBytes(), checkpoint, isLegacy: false).Stop(), storages);
    }

    internal static byte[] Zip(byte[] pickle, params (string Key, byte[] Content)[] storages)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "model/data.pkl", pickle);
            Add(archive, "model/version", "3\n"u8.ToArray());
            foreach ((string key, byte[] content) in storages)
            {
                Add(archive, $"model/data/{key}", content);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Makes a file of the format before PyTorch 1.6.</summary>
    internal static byte[] Legacy(Checkpoint checkpoint)
    {
        using MemoryStream stream = new();
        stream.Write(new PickleBytes().Raw([0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]).Stop());
        stream.Write(new PickleBytes().Integer(1001).Stop());
        stream.Write(new PickleBytes().Raw("}(").Text("little_endian").Raw(0x88).Raw("u").Stop());
        stream.Write(StateDict(new PickleBytes(), checkpoint, isLegacy: true).Stop());
        PickleBytes keys = new PickleBytes().Raw("](");
        for (int i = 0; i < checkpoint.Tensors.Count; i++)
        {
            keys.Text(Key(i));
        }

        stream.Write(keys.Raw("e").Stop());
        foreach (WeightTensor tensor in checkpoint.Tensors.Values)
        {
            stream.Write(BitConverter.GetBytes(tensor.Values.LongLength));
            stream.Write(Bytes(tensor));
        }

        return stream.ToArray();
    }

    /// <summary>Writes the dictionary of a model's tensors.</summary>
    internal static PickleBytes StateDict(PickleBytes pickle, Checkpoint checkpoint, bool isLegacy)
    {
        pickle.Global("collections", "OrderedDict").Raw(")R(");
        int index = 0;
        foreach ((string name, WeightTensor tensor) in checkpoint.Tensors)
        {
            pickle.Text(name).Tensor(
                Key(index++), [.. tensor.Shape.Select(dimension => (long)dimension)], tensor.Values.Length, isLegacy: isLegacy);
        }

        return pickle.Raw("u");
    }

    internal static byte[] Bytes(WeightTensor tensor) => MemoryMarshal.AsBytes<float>(tensor.Values).ToArray();

    private static string Key(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
        entry.Write(content);
    }
}
