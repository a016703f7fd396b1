using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the tensors of a file that share all of their names but the last part: a layer.</summary>
internal sealed class ShapeLayer
{
    private static readonly string[] Scales = ["weight", "gamma", "scale"];
    private static readonly string[] Shifts = ["bias", "beta", "offset", "shift"];
    private static readonly string[] Means = ["running_mean", "moving_mean", "mean"];
    private static readonly string[] Variances = ["running_var", "moving_variance", "moving_var", "var", "variance"];
    private readonly Checkpoint _checkpoint;
    private readonly string? _weight;
    private readonly string? _bias;

    internal ShapeLayer(string name, IReadOnlyList<string> fileNames, Checkpoint checkpoint)
    {
        Name = name;
        FileNames = fileNames;
        _checkpoint = checkpoint;
        string[] weights = [.. fileNames.Where(file => checkpoint.Tensors[file].Shape.Count == 4)];
        string[] rows = [.. fileNames.Where(file => checkpoint.Tensors[file].Shape.Count == 1)];
        if (weights.Length == 1 && rows.Length <= 1 && weights.Length + rows.Length == fileNames.Count)
        {
            _weight = weights[0];
            _bias = rows.FirstOrDefault();
        }
    }

    internal string Name { get; }

    internal IReadOnlyList<string> FileNames { get; }

    internal bool IsConv => _weight is not null;

    internal WeightTensor? Weight => _weight is null ? null : _checkpoint.Tensors[_weight];

    internal static string Parent(string name) => name[..Math.Max(0, name.LastIndexOfAny(['.', '/']))];

    internal bool IsBatchNorm(int channels) =>
        FileNames.Count == 4
        && FileNames.All(file => _checkpoint.Tensors[file].HasShape([channels]))
        && Part(Scales) is not null && Part(Shifts) is not null && Part(Means) is not null && Part(Variances) is not null;

    /// <summary>Returns the names of this convolution's tensors here and in the file; null where it has neither batch norm nor a bias, or both.</summary>
    internal IEnumerable<(string Name, string FileName)>? Names(ConvLayer layer, ShapeLayer? batchNorm)
    {
        if ((batchNorm is null) == (_bias is null))
        {
            return null;
        }

        (string, string) weight = ($"{layer.Name}.weight", _weight!);
        return batchNorm is null
            ? [weight, ($"{layer.Name}.bias", _bias!)]
            :
            [
                weight,
                ($"{layer.BatchNormName}.weight", batchNorm.Part(Scales)!),
                ($"{layer.BatchNormName}.bias", batchNorm.Part(Shifts)!),
                ($"{layer.BatchNormName}.running_mean", batchNorm.Part(Means)!),
                ($"{layer.BatchNormName}.running_var", batchNorm.Part(Variances)!),
            ];
    }

    private string? Part(string[] names) => FileNames.FirstOrDefault(file => names.Contains(file[(Name.Length == 0 ? 0 : Name.Length + 1)..], StringComparer.Ordinal));
}
