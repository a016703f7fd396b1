using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Keras;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Fuzzing;

/// <summary>Makes the targets for files of weights.</summary>
internal static class WeightsTargets
{
    private const string Source = "x";
    private static readonly MobileNetV2Weights Network = SyntheticNetwork.Create(0.05f);

    /// <summary>Most places of a network are numbers; here most are structure.</summary>
    private static readonly Checkpoint Small = new(
        "small",
        new Dictionary<string, WeightTensor>
        {
            ["conv/kernel"] = new([2, 1, 1, 1], [1, 2]),
            ["norm/gamma"] = new([2], [3, 4]),
            ["dense/kernel"] = new([2, 3], [1, 2, 3, 4, 5, 6]),
        },
        new Dictionary<string, string> { ["padding"] = "same" });

    internal static FuzzTarget Safetensors() => Create("safetensors", SafetensorsBytes.From);

    internal static FuzzTarget PyTorchLegacy()
    {
        byte[] network = TorchBytes.Legacy(Network.Checkpoint);
        byte[] small = TorchBytes.Legacy(Small);
        return Create("pytorch-legacy", network, (_, mutator) => mutator.MutatePickle(mutator.Chance(4) ? network : small));
    }

    internal static FuzzTarget PyTorchZip()
    {
        byte[] network = TorchBytes.Zip(Network.Checkpoint);
        byte[] small = TorchBytes.Zip(Small);
        static byte[] Mutate(string name, byte[] content, FileMutator mutator) =>
            name.EndsWith(".pkl", StringComparison.Ordinal) ? mutator.MutatePickle(content) : mutator.Mutate(content);
        ZipMutator insideNetwork = new(network, Mutate);
        ZipMutator insideSmall = new(small, Mutate);
        return Create("pytorch-zip", network, (_, mutator) => mutator.Next(8) switch
        {
            0 => mutator.Mutate(network),
            1 => mutator.Mutate(small),
            2 => insideNetwork.Mutate(mutator),
            _ => insideSmall.Mutate(mutator),
        });
    }

    internal static FuzzTarget Keras2(string name, bool isCompressed)
    {
        Checkpoint keras = ForeignNetwork.Rename(Network.Checkpoint, new KerasNaming(), Network.Description.Architecture);
        byte[] network = KerasBytes.From(keras, isCompressed);
        byte[] small = KerasBytes.From(Small, isCompressed);
        return Create(name, network, (_, mutator) => mutator.Mutate(mutator.Chance(4) ? network : small));
    }

    internal static FuzzTarget Keras3()
    {
        byte[] network = KerasBytes.Nested(ForeignNetwork.Rename(Network.Checkpoint, new Keras3Naming(), Network.Description.Architecture).Tensors);
        return Create("keras3", network, (_, mutator) => mutator.Mutate(network));
    }

    internal static FuzzTarget KerasArchive()
    {
        byte[] network = KerasBytes.From(ForeignNetwork.Rename(Network.Checkpoint, new KerasNaming(), Network.Description.Architecture), isCompressed: true);
        byte[] zip = ZipMutator.Pack([("metadata.json", "{}"u8.ToArray()), ("config.json", "{}"u8.ToArray()), ("model.weights.h5", network)]);
        ZipMutator inside = new(zip, (_, content, mutator) => mutator.Mutate(content));
        return Create("keras-archive", zip, (_, mutator) => mutator.Chance(2) ? mutator.Mutate(zip) : inside.Mutate(mutator));
    }

    /// <summary>Damages what h5py wrote: chunks of several sizes, in trees of several levels.</summary>
    internal static FuzzTarget H5py()
    {
        string[] kinds = ["chunks", "gzip", "shuffle", "gzip_shuffle", "skipped", "bomb", "lzf"];
        byte[][] files = [.. kinds.Select(kind => File.ReadAllBytes(TestData.PathOf("Hdf5", $"{kind}.h5")))];
        return Create("h5py", files[0], (_, mutator) => mutator.Mutate(files[mutator.Next(files.Length)])) with
        {
            Read = file => KerasReader.Read(new MemoryStream(file), Source),
        };
    }

    /// <summary>Most damaged bytes end the parsing of an ONNX file, so the graph is also damaged before it is written.</summary>
    internal static FuzzTarget Onnx()
    {
        byte[] folded = OnnxModels.Create(Network).ToByteArray();
        byte[] unfolded = OnnxModels.Create(Network).Unfold(Network, 1e-3f).ToByteArray();
        return Create("onnx", unfolded, (_, mutator) => mutator.Chance(2)
            ? mutator.Mutate(mutator.Chance(2) ? folded : unfolded)
            : OnnxModels.Damage(ModelProto.Parser.ParseFrom(mutator.Chance(2) ? folded : unfolded), mutator).ToByteArray());
    }

    private static FuzzTarget Create(string name, Func<Checkpoint, byte[]> write)
    {
        byte[] network = write(Network.Checkpoint);
        byte[] small = write(Small);
        return Create(name, network, (_, mutator) => mutator.Mutate(mutator.Chance(4) ? network : small));
    }

    private static FuzzTarget Create(string name, byte[] honest, Func<int, FileMutator, byte[]> damage) =>
        new(name, honest, damage, file => MobileNetV2Weights.FromStream(new MemoryStream(file), Source), IsDocumented);

    private static bool IsDocumented(Exception exception) =>
        exception is WeightsFormatException && exception.Message.StartsWith($"'{Source}': ", StringComparison.Ordinal);
}
