using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Fuzzing;

/// <summary>Makes the targets for saved models.</summary>
internal static class ModelTargets
{
    private static readonly byte[] Image = File.ReadAllBytes(TestData.PathOf("SavedModels", "images", "05.png"));

    /// <summary>A model without a hash over its parts, so that damage with right checksums gets further.</summary>
    private static readonly byte[] Old = File.ReadAllBytes(TestData.PathOf("SavedModels", "multiclass.zip"));

    private static readonly byte[] New = SaveAgain(Old);

    /// <summary>Damages whole files: none may be read with other scores.</summary>
    internal static FuzzTarget Whole()
    {
        string[] expected = [Scores(Old), Scores(New)];
        return new("model", New, (_, mutator) => mutator.Mutate(mutator.Chance(2) ? Old : New), zip => RequireScores(zip, expected), IsRefusal);
    }

    /// <summary>Flips a bit of each byte in turn, in entries that are not compressed: the file is refused, or its scores are equal.</summary>
    internal static FuzzTarget Flips()
    {
        byte[] plain = ZipMutator.Repack(New);
        string[] expected = [Scores(plain)];
        return new("model-flips", plain, Flip, zip => RequireScores(zip, expected), IsRefusal);

        byte[] Flip(int index, FileMutator mutator)
        {
            byte[] damaged = [.. plain];
            damaged[index % damaged.Length] ^= (byte)(1 << mutator.Next(8));
            return damaged;
        }
    }

    /// <summary>Damages entries under right checksums: what is accepted must work.</summary>
    internal static FuzzTarget Inside() =>
        new("model-inside", Old, DamageInside(onlyNetworks: false), zip => Scores(zip), IsRefusal);

    /// <summary>
    /// Damages networks under right checksums, for the loader that hands everything else to ML.NET, which bounds neither time nor memory: its reader of the
    /// part 'Schema' does not end for some contents.
    /// </summary>
    internal static FuzzTarget WithMLNet() => new("model-mlnet", Old, DamageInside(onlyNetworks: true), LoadWithMLNet, IsRefusalOfMLNet);

    private static Func<int, FileMutator, byte[]> DamageInside(bool onlyNetworks)
    {
        ZipMutator old = SavedModelMutator.Create(Old, onlyNetworks);
        ZipMutator @new = SavedModelMutator.Create(New, onlyNetworks);
        return (_, mutator) => (mutator.Chance(4) ? @new : old).Mutate(mutator);
    }

    private static void RequireScores(byte[] zip, string[] expected)
    {
        string scores = Scores(zip);
        if (!expected.Contains(scores))
        {
            throw new InvalidOperationException($"A damaged file was accepted, and gave {scores}.");
        }
    }

    private static string Scores(byte[] zip)
    {
        using ImageClassifier classifier = ImageClassifier.Load(new MemoryStream(zip));
        return string.Join(' ', classifier.Predict(ImageSource.FromBytes(Image)).Scores);
    }

    private static void LoadWithMLNet(byte[] zip)
    {
        ITransformer model = new MLContext(1).Model.LoadWithMobileNetV2(new MemoryStream(zip), out _);
        (model as IDisposable)?.Dispose();
    }

    private static byte[] SaveAgain(byte[] zip)
    {
        MLContext context = new(1);
        ITransformer model = context.Model.LoadWithMobileNetV2(new MemoryStream(zip), out DataViewSchema? schema);
        using MemoryStream stream = new();
        context.Model.Save(model, schema, stream);
        (model as IDisposable)?.Dispose();
        return stream.ToArray();
    }

    private static bool IsRefusal(Exception exception) =>
        exception is InvalidDataException && exception.Message.StartsWith("'stream' is not a saved model that classifies images: ", StringComparison.Ordinal);

    private static bool IsRefusalOfMLNet(Exception exception) =>
        exception is InvalidDataException && exception.Message.StartsWith("'stream' cannot be loaded as a saved model: ", StringComparison.Ordinal);
}
