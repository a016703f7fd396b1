using Microsoft.ML.MobileNetV2.Tool.Models;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Comparison;

/// <summary>Represents a network at an input size.</summary>
internal sealed record Candidate(string WeightsName, MobileNetV2Weights Weights, int InputSize)
{
    /// <summary>Gets the name for tables and plots.</summary>
    internal string Name => $"{WeightsName} {InputSize}";

    /// <summary>Returns each of the weights at each of the sizes; without sizes at its own.</summary>
    internal static IEnumerable<Candidate> Create(IEnumerable<string> names, IReadOnlyCollection<int> sizes)
    {
        foreach (string name in names.Distinct(StringComparer.Ordinal))
        {
            MobileNetV2Weights weights = WeightsChoice.Find(name);
            string shortName = File.Exists(name) ? Path.GetFileNameWithoutExtension(name) : name;
            foreach (int size in sizes.Count > 0 ? sizes.Distinct() : [weights.Description.Preprocessing.InputSize])
            {
                yield return new(shortName, weights, size);
            }
        }
    }
}
