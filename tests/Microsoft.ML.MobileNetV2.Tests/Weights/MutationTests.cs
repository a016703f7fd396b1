using Google.Protobuf;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

/// <summary>
/// Damaged files of every format give a named error or are read; they never crash, hang, take much memory or execute anything.
/// Small files keep this quick; the slow tests damage whole networks, among them those that other programs wrote.
/// </summary>
[TestClass]
public sealed class MutationTests(TestContext context)
{
    private const int Seed = 20180113;
    private const int Mutations = 10_000;
    private const long MostBytesAllocated = 256 << 20;
    private static readonly MobileNetV2Weights Network = SyntheticNetwork.Create(0.05f);

    private static readonly Checkpoint Small = new(
        "small",
        new Dictionary<string, WeightTensor>
        {
            ["conv/kernel"] = new([2, 1, 1, 1], [1, 2]),
            ["norm/gamma"] = new([2], [3, 4]),
            ["norm/moving_variance"] = new([2], [5, 6]),
            ["dense/kernel"] = new([2, 3], [1, 2, 3, 4, 5, 6]),
        },
        new Dictionary<string, string> { ["padding"] = "same" });

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    [DataRow("safetensors")]
    [DataRow("zip")]
    [DataRow("legacy")]
    [DataRow("h5")]
    [DataRow("h5 gzip")]
    public Task Read_DamagedSmallFile_GivesANamedErrorOrIsRead(string format)
        => RunAsync(Mutations, Write(format, Small), format, file => CheckpointReader.Read(file, "x"));

    [TestMethod]
    [Timeout(600_000, CooperativeCancellation = true)]
    [DataRow("safetensors", Mutations / 50)]
    [DataRow("zip", Mutations / 50)]
    [DataRow("legacy", Mutations / 50)]
    [DataRow("h5", Mutations / 50)]
    [DataRow("h5 gzip", Mutations / 50)]
    [DataRow("keras 3", Mutations / 50)]
    [DataRow("onnx", Mutations / 5)]
    public Task FromStream_DamagedNetwork_GivesANamedErrorOrIsRead(string format, int count)
        => RunAsync(count, WriteNetwork(format), format, file => MobileNetV2Weights.FromStream(file, "x"));

    [TestMethod]
    [TestCategory("Slow")]
    [SlowTest]
    [RequiresReferenceData]
    [Timeout(7_200_000, CooperativeCancellation = true)]
    public async Task FromStream_DamagedNetworkManyTimes_GivesANamedErrorOrIsRead()
    {
        foreach (string format in new[] { "safetensors", "zip", "legacy", "h5", "h5 gzip", "keras 3", "onnx" })
        {
            await RunAsync(Mutations, WriteNetwork(format), format, file => MobileNetV2Weights.FromStream(file, "x"));
        }

        foreach (string name in new[] { ReferenceCheckpoints.Safetensors, ReferenceCheckpoints.PyTorch[0], ReferenceCheckpoints.Onnx, ReferenceCheckpoints.Keras })
        {
            byte[] file = File.ReadAllBytes(ReferenceCheckpoints.PathOf(name));

            await RunAsync(Mutations, mutator => mutator.Mutate(file), name, stream => MobileNetV2Weights.FromStream(stream, "x"));
        }
    }

    private static Func<FileMutator, byte[]> WriteNetwork(string format) => format switch
    {
        "onnx" => WriteOnnx(),
        "keras 3" => WriteKeras3(),
        "h5" or "h5 gzip" => Write(format, ForeignNetwork.Rename(Network.Checkpoint, new KerasNaming(), Network.Description.Architecture)),
        _ => Write(format, Network.Checkpoint),
    };

    private static Func<FileMutator, byte[]> WriteKeras3()
    {
        byte[] file = KerasBytes.Nested(ForeignNetwork.Rename(Network.Checkpoint, new Keras3Naming(), Network.Description.Architecture).Tensors);
        return mutator => mutator.Mutate(file);
    }

    /// <summary>Most damaged bytes end the parsing of an ONNX file, so the graph is also damaged before it is written.</summary>
    private static Func<FileMutator, byte[]> WriteOnnx()
    {
        byte[] folded = OnnxModels.Create(Network).ToByteArray();
        byte[] unfolded = OnnxModels.Create(Network).Unfold(Network, 1e-3f).ToByteArray();
        return mutator => mutator.Chance(2)
            ? mutator.Mutate(folded)
            : OnnxModels.Damage(ModelProto.Parser.ParseFrom(mutator.Chance(2) ? folded : unfolded), mutator).ToByteArray();
    }

    private static Func<FileMutator, byte[]> Write(string format, Checkpoint checkpoint)
    {
        byte[] file = format switch
        {
            "safetensors" => SafetensorsBytes.From(checkpoint),
            "zip" => TorchBytes.Zip(checkpoint),
            "legacy" => TorchBytes.Legacy(checkpoint),
            _ => KerasBytes.From(checkpoint, isCompressed: format == "h5 gzip"),
        };
        return format == "zip" ? WriteZip(file, checkpoint) : format == "legacy" ? mutator => mutator.MutatePickle(file) : mutator => mutator.Mutate(file);
    }

    /// <summary>A zip file has checksums, so the pickle is also damaged before it is packed.</summary>
    private static Func<FileMutator, byte[]> WriteZip(byte[] file, Checkpoint checkpoint)
    {
        byte[] pickle = TorchBytes.StateDict(new PickleBytes(), checkpoint, isLegacy: false).Stop();
        (string Key, byte[] Content)[] storages = [.. checkpoint.Tensors.Values.Select((tensor, index) => ($"{index}", TorchBytes.Bytes(tensor)))];
        return mutator => mutator.Chance(3) ? mutator.Mutate(file) : TorchBytes.Zip(mutator.MutatePickle(pickle), storages);
    }

    private async Task RunAsync(int count, Func<FileMutator, byte[]> write, string format, Action<Stream> read)
    {
        context.WriteLine($"seed {Seed}, {count} mutations of {format}");
        Dictionary<string, int> outcomes = new(StringComparer.Ordinal);
        int current = 0;
        Task mutations = Task.Run(() =>
        {
            for (; current < count; current++)
            {
                using MemoryStream stream = new(write(new FileMutator(Seed + current)));
                string outcome = RunOne(stream, read, $"{format}, mutation {current}");
                outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
            }
        }, context.CancellationToken);
        await Task.WhenAny(mutations, EndOfTime());
        Assert.IsTrue(mutations.IsCompleted, $"{format}, mutation {current} had not ended when the test's time was over");
        await mutations;

        foreach ((string outcome, int times) in outcomes.OrderByDescending(pair => pair.Value))
        {
            context.WriteLine($"{times,6} {outcome}");
        }

        Assert.IsFalse(File.Exists("executed"));
    }

    private Task EndOfTime() => new TaskCompletionSource().Task.WaitAsync(context.CancellationToken);

    private static string RunOne(MemoryStream stream, Action<Stream> read, string name)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? error = Catch(() => read(stream));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.IsTrue(error is null or WeightsFormatException, $"{name} gave {error}");
        Assert.StartsWith("'x': ", error?.Message ?? "'x': ", name);
        Assert.IsLessThan(MostBytesAllocated, allocated, name);
        return error is WeightsFormatException { Error: var kind } ? kind.ToString() : "read";
    }

    private static Exception? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
