using System.Globalization;
using System.Text;
using System.Text.Json;

/// <summary>Writes a safetensors file of a synthetic MobileNetV2: each number follows from its tensor's name and its index.</summary>
internal sealed class SyntheticFile
{
    private static readonly (int Expansion, int Channels, int Repeats)[] Stages =
        [(1, 16, 1), (6, 24, 2), (6, 32, 3), (6, 64, 4), (6, 96, 3), (6, 160, 3), (6, 320, 1)];

    private readonly List<(string Name, int[] Shape, float[] Values)> _tensors = [];

    /// <param name="width">The width multiplier.</param>
    /// <param name="depth">The depth multiplier, which lengthens the five middle stages; above 1, stem and last convolution keep their width.</param>
    /// <param name="classCount">Outputs of the classifier; 0 leaves it out.</param>
    internal SyntheticFile(double width, double depth = 1, int classCount = 0)
    {
        int channels = depth > 1 ? 32 : Scale(32, width);
        AddConv("features.0.0", "features.0.1", 3, channels, 3);
        int index = 1;
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            (int expansion, int unscaled, int repeats) = Stages[stage];
            int count = stage is 0 or 6 ? repeats : (int)Math.Ceiling(repeats * depth);
            int output = Scale(unscaled, width);
            for (int repeat = 0; repeat < count; repeat++, index++)
            {
                int hidden = channels * expansion;
                string name = $"features.{index}.conv";
                int step = 0;
                if (expansion > 1)
                {
                    AddConv($"{name}.0.0", $"{name}.0.1", channels, hidden, 1);
                    step = 1;
                }

                AddConv($"{name}.{step}.0", $"{name}.{step}.1", 1, hidden, 3);
                AddConv($"{name}.{step + 1}", $"{name}.{step + 2}", hidden, output, 1);
                channels = output;
            }
        }

        int features = depth > 1 ? 1280 : Scale(1280, Math.Max(1, width));
        AddConv($"features.{index}.0", $"features.{index}.1", channels, features, 1);
        if (classCount > 0)
        {
            double range = 1 / Math.Sqrt(features);
            Add("classifier.1.weight", [classCount, features], u => (2 * u - 1) * range);
            Add("classifier.1.bias", [classCount], u => 0.2 * (2 * u - 1));
        }
    }

    /// <summary>Returns the values of a tensor: a map of u, which lies from 0 to 1.</summary>
    internal static float[] Values(string name, int count, Func<double, double> map)
    {
        ulong seed = name.Aggregate(0xCBF29CE484222325UL, (hash, letter) => (hash ^ letter) * 0x100000001B3UL);
        return [.. Enumerable.Range(0, count).Select(i => (float)map((SplitMix(seed + (ulong)i) >> 40) / (double)(1 << 24)))];
    }

    /// <summary>Returns the content of the file.</summary>
    internal byte[] Write(IReadOnlyDictionary<string, string> metadata)
    {
        Dictionary<string, object> header = new() { ["__metadata__"] = metadata };
        int offset = 0;
        foreach ((string name, int[] shape, float[] values) in _tensors)
        {
            header.Add(name, new { dtype = "F32", shape, data_offsets = new[] { offset, offset + values.Length * 4 } });
            offset += values.Length * 4;
        }

        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header);
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream, Encoding.UTF8);
        writer.Write((ulong)json.Length);
        writer.Write(json);
        foreach (float value in _tensors.SelectMany(tensor => tensor.Values))
        {
            writer.Write(value);
        }

        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Returns metadata as the library reads them.</summary>
    internal static Dictionary<string, string> Metadata(
        double width, double depth, bool isSame, string mean, string std, params (string Key, string Value)[] more) => new(
        more.Select(pair => KeyValuePair.Create(pair.Key, pair.Value)))
    {
        ["architecture"] = "mobilenet_v2",
        ["name"] = FormattableString.Invariant($"synthetic {width}"),
        ["width_multiplier"] = width.ToString(CultureInfo.InvariantCulture),
        ["depth_multiplier"] = depth.ToString(CultureInfo.InvariantCulture),
        ["padding"] = isSame ? "same" : "symmetric",
        ["batch_norm_epsilon"] = isSame ? "0.001" : "1E-05",
        ["mean"] = mean,
        ["std"] = std,
    };

    private static int Scale(int channels, double width)
    {
        double scaled = channels * width;
        int rounded = Math.Max(8, (int)(scaled + 4) / 8 * 8);
        return rounded < 0.9 * scaled ? rounded + 8 : rounded;
    }

    private static ulong SplitMix(ulong x)
    {
        ulong z = x + 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    private void AddConv(string name, string batchNorm, int input, int output, int kernel)
    {
        double range = Math.Sqrt(6.0 / (input * kernel * kernel));
        Add($"{name}.weight", [output, input, kernel, kernel], u => (2 * u - 1) * range);
        Add($"{batchNorm}.weight", [output], u => 0.8 + 0.4 * u);
        Add($"{batchNorm}.bias", [output], u => 0.2 * (2 * u - 1));
        Add($"{batchNorm}.running_mean", [output], u => 0.2 * (2 * u - 1));
        Add($"{batchNorm}.running_var", [output], u => 0.5 + u);
    }

    private void Add(string name, int[] shape, Func<double, double> map) =>
        _tensors.Add((name, shape, Values(name, shape.Aggregate(1, (product, size) => product * size), map)));
}
