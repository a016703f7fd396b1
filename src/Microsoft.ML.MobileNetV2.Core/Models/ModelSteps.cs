using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Follows columns through the transformers of a model, to find what else changes the images or the scores of a network in it.</summary>
/// <param name="steps">The transformers in order, those of chains inside of chains included.</param>
internal sealed class ModelSteps(IReadOnlyList<ModelStep> steps)
{
    internal ModelStep this[int index] => steps[index];

    /// <summary>Returns the fault where a network sees other images than the model is given.</summary>
    /// <returns>Null where it sees the images as they are: a step that loads them or copies the column changes nothing.</returns>
    internal string? FindChangeBefore(NetworkPlace place) =>
        place.InputKind == ImageSourceKind.Path ? null : FindChangeBefore(place.First, place.InputColumnName, isFeatures: false, _ => false);

    /// <summary>Returns the fault where a head takes other features than those of a network.</summary>
    /// <param name="first">The index of the head.</param>
    /// <param name="column">The column of features.</param>
    /// <param name="networks">The networks of the model.</param>
    internal string? FindChangeBefore(int first, string column, IEnumerable<NetworkPlace> networks) => FindChangeBefore(
        first, column, isFeatures: true, index => networks.Any(network => network.Last == index && steps[index].MayWrite(network.OutputColumnName)));

    /// <summary>Returns the fault where the model gives other scores or labels than a network with its head.</summary>
    internal string? FindChangeAfter(NetworkPlace place)
    {
        HashSet<string> results = [place.OutputColumnName];
        int index = place.Last + 1;
        for (; index < steps.Count && IsPartOf(place, index); index++)
        {
            results.UnionWith(steps[index].Columns.Where(column => !column.StartsWith(ModelStep.OwnColumns, StringComparison.Ordinal)));
        }

        if (place.Network.Head is null)
        {
            // The scores are what another step learns from, if there is one.
            results.UnionWith(["Score", "PredictedLabel"]);
        }

        return steps.Skip(index).Select(step => FindChange(step, results, place.OutputColumnName)).FirstOrDefault(fault => fault is not null);
    }

    private static string? FindChange(ModelStep step, HashSet<string> results, string scores)
    {
        string? changed = results.FirstOrDefault(column => step.MayWrite(column) && !(step.MapsKeysToValues && column != scores));
        return changed is null ? null : step.MayWriteAll
            ? $"its step {step.Name} behind the network may change its scores; which columns it writes is not known"
            : $"its step {step.Name} behind the network writes the column '{changed}'";
    }

    /// <summary>Returns whether a step makes the predicted label of the network's scores.</summary>
    private bool IsPartOf(NetworkPlace place, int index)
    {
        ModelStep step = steps[index];
        bool isDecision = step.ExecutesOnnx && place.Network.Head?.LabelMode == LabelMode.MultiLabel && steps.Take(index).Skip(place.Last + 1).All(earlier => earlier.IsOwn);
        return isDecision || (step.IsOfDecision && !step.MayWrite(ModelStep.OwnImage) && !step.MayWrite(place.OutputColumnName));
    }

    private string? FindChangeBefore(int first, string column, bool isFeatures, Func<int, bool> isNetwork)
    {
        for (int index = first - 1; index >= 0; index--)
        {
            ModelStep step = steps[index];
            if (step.MayWriteAll)
            {
                return $"its step {step.Name} may change the column '{column}' before the {Taker(isFeatures)}; which columns it writes is not known";
            }

            if (!step.MayWrite(column))
            {
                continue;
            }

            if (step.LoadsImages || isNetwork(index))
            {
                return null;
            }

            if (step.CopiedFrom(column) is not { } source)
            {
                return $"its step {step.Name} writes the column '{column}', which the {Taker(isFeatures)} takes";
            }

            column = source;
        }

        return null;
    }

    private static string Taker(bool isFeatures) => isFeatures ? "trained head" : "network";
}
