using System.Text;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Represents the networks and heads of this library in a .zip that ML.NET saved, read without ML.NET.</summary>
internal sealed class SavedModel
{
    /// <summary>The network stands so many places after its settings in the chain that this library saves.</summary>
    private const int PlacesAfterSettings = 2;

    private readonly Dictionary<string, SavedNetwork> _networks = new(StringComparer.Ordinal);
    private readonly List<SavedHead> _heads = [];
    private readonly IReadOnlyList<ModelPart> _parts;

    private SavedModel(ModelArchive archive)
    {
        _parts = ModelChain.Read(archive);
        Steps = new(SavedSteps.List(archive, _parts));
    }

    /// <summary>Gets the transformers of the model.</summary>
    internal ModelSteps Steps { get; }

    /// <summary>Gets the networks in the order of the chain.</summary>
    internal IEnumerable<SavedNetwork> Networks => _networks.Values;

    /// <summary>Gets the heads in the order of the chain.</summary>
    internal IReadOnlyList<SavedHead> Heads => _heads;

    /// <summary>Reads a saved model; every part of the file is verified, also those that are not of this library.</summary>
    /// <param name="stream">The .zip; must be able to seek. Not disposed.</param>
    /// <param name="limits">What the model may demand.</param>
    /// <exception cref="InvalidDataException">The file is no .zip, damaged, too large, or contradicts itself.</exception>
    internal static SavedModel Read(Stream stream, ModelLimits limits)
    {
        using ModelArchive archive = new(stream, limits.MaxModelSize);
        SavedModel model = new(archive);
        for (int index = 0; index < model._parts.Count; index++)
        {
            model.ReadPart(archive, index, limits);
        }

        archive.VerifyOthers();
        return model;
    }

    /// <summary>Returns the network of the transformer that was saved in a folder; null where it is no network of this library.</summary>
    internal SavedNetwork? TryGetNetwork(string folder) => _networks.GetValueOrDefault(folder);

    /// <summary>Returns the head of the transformer that was saved in a folder; null where it is none of this library on ready features.</summary>
    internal SavedHead? TryGetFeatureHead(string folder) => _heads.Find(head => head.OutputColumnName is not null && _parts[head.Index].Folder == folder);

    private void ReadPart(ModelArchive archive, int index, ModelLimits limits)
    {
        ModelPart part = _parts[index];
        if (part.Loader != ModelPart.OnnxLoader || !archive.Contains(part.NetworkEntry))
        {
            return;
        }

        try
        {
            byte[] content = archive.Read(part.NetworkEntry);
            if (ModelWarmUp.FindInputSize(content) is { } inputSize)
            {
                ExpectedInputSize.OfProcess.Set(inputSize);
            }

            if (SavedOnnxModel.TryRead(content) is not { } model)
            {
                return;
            }

            try
            {
                ReadModel(archive, index, limits, model);
            }
            finally
            {
                // What is wrong with a damaged model is the damage, not what follows from it.
                model.RequireSeal();
            }
        }
        catch (Exception e) when (SavedModelErrors.IsAboutContent(e))
        {
            throw new InvalidDataException($"part '{part.NetworkEntry}': {e.Message}", e);
        }
    }

    private void ReadModel(ModelArchive archive, int index, ModelLimits limits, SavedOnnxModel model)
    {
        ModelPart part = _parts[index];
        SavedNetwork? network = SavedNetwork.TryRead(model, part.NetworkEntry);
        if (network is not null)
        {
            SavedGraph.RequireSame(model, network);
            RequireSameSettings(archive, part, network);
            RequireOwnSteps(index, network.InputColumnName);
            network = network with { Settings = limits.Apply(network.Settings), Index = index };
            _networks.Add(part.Folder, network);
        }

        if ((network is null ? HeadMetadata.TryRead(model) : network.Network.Head) is { } head)
        {
            _heads.Add(new(head, network, network?.InputColumnName ?? model.Model.Graph.Input[0].Name, index)
            {
                OutputColumnName = network is null && SavedGraph.IsOf(model, head) ? model.Model.Graph.Output[0].Name : null,
            });
        }
    }

    /// <summary>Requires that between the image column and the network nothing happens but what the settings say.</summary>
    private void RequireOwnSteps(int index, string imageColumn)
    {
        int first = index - SavedNetwork.StepsBefore;
        bool areOwn = first >= 0 && Enumerable.Range(first, SavedNetwork.StepsBefore).All(place => Steps[place].IsOwn) &&
            Steps[first].CopiedFrom(ModelStep.OwnImage) == imageColumn && !Steps[first + 1].Columns.Any() && Steps[first + 2].ExecutesOnnx && !Steps[index - 1].Columns.Any();
        if (!areOwn)
        {
            throw new InvalidDataException($"the steps that lead from the column '{imageColumn}' to the network are not those that were saved with it.");
        }
    }

    /// <summary>Requires that the settings which the saved chain preprocesses by are those of the network.</summary>
    private static void RequireSameSettings(ModelArchive archive, ModelPart part, SavedNetwork network)
    {
        string entry = ModelPart.NetworkEntryIn(ModelChain.PartFolder(part.Parent, part.Index - PlacesAfterSettings));
        if (part.Index < PlacesAfterSettings || !archive.Contains(entry))
        {
            throw new InvalidDataException("the settings that belong to the network are missing before it in the chain.");
        }

        // A small model with one text; what else is in it does not matter as long as the text is the same.
        byte[] expected = Encoding.UTF8.GetBytes(network.SettingsJson);
        ModelProto settings = OnnxBytes.Parse(archive.Read(entry));
        if (settings.Graph.Initializer is not [{ StringData: [{ } text] }] || !text.Span.SequenceEqual(expected))
        {
            throw new InvalidDataException($"its settings are others than those of part '{entry}'.");
        }
    }
}
