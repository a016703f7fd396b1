using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Tests.FineTuning.Running;

[TestClass]
public sealed class ImageMixtureTests
{
    private const int RowCount = 4;
    private static readonly InputLayout Image = new(3, 16, 1);
    private static readonly InputLayout Map = new(1, 7, 8);

    [TestMethod]
    public void Apply_MixUp_AddsImagesAndTargetsInTheSameRatio()
    {
        ImageMixture mixture = Begin(new() { MixUpAlpha = 1 }, Image, step: 3, out BatchLoader batch);
        int row = Enumerable.Range(0, RowCount).First(row => mixture.PartnerOf(row) != row);
        float[] image = Filled(Image, row);
        mixture.Apply(image, Filled(Image, mixture.PartnerOf(row)));

        float ratio = batch.TargetsOf(row)[row];
        Assert.IsInRange(0.01f, 0.99f, ratio);
        Assert.AreEqual(1, ratio + batch.TargetsOf(row)[mixture.PartnerOf(row)], 1e-6f);
        Assert.IsTrue(Array.TrueForAll(image, value => Math.Abs(value - (ratio * row + (1 - ratio) * mixture.PartnerOf(row))) < 1e-5));
    }

    [TestMethod]
    public void Apply_CutMix_PutsABoxInAndMixesTargetsByItsArea()
    {
        foreach (InputLayout layout in new[] { Image, Map })
        {
            // Over many steps, boxes lie everywhere, at the border too.
            for (int step = 0; step < 50; step++)
            {
                ImageMixture mixture = Begin(new() { CutMixAlpha = 1 }, layout, step, out BatchLoader batch);
                if (Enumerable.Range(0, RowCount).FirstOrDefault(row => mixture.PartnerOf(row) != row, -1) is >= 0 and int row)
                {
                    AssertBox(mixture, layout, batch, row);
                }
            }
        }
    }

    [TestMethod]
    public void Begin_SameSeedAndStep_DrawsTheSame()
    {
        FineTuningOptions options = new() { CutMixAlpha = 1, MixUpAlpha = 0.2f };
        for (int step = 0; step < 10; step++)
        {
            Begin(options, Image, step, out BatchLoader first);
            Begin(options, Image, step, out BatchLoader second);
            Assert.AreSequenceEqual(first.Targets, second.Targets);
        }
    }

    private static void AssertBox(ImageMixture mixture, InputLayout layout, BatchLoader batch, int row)
    {
        float[] image = Filled(layout, row);
        mixture.Apply(image, Filled(layout, mixture.PartnerOf(row)));

        int fromPartner = image.Count(value => value == mixture.PartnerOf(row));
        Assert.AreEqual(layout.Length, fromPartner + image.Count(value => value == row));
        Assert.AreEqual((double)fromPartner / layout.Length, batch.TargetsOf(row)[mixture.PartnerOf(row)], 1e-6);

        // The rows of each plane that have any of the partner have it in the same columns.
        string[] rows = [.. image.Chunk(layout.Side * layout.Channels).Select(values => string.Concat(values.Select(value => value == row ? '.' : 'x')))];
        Assert.IsLessThanOrEqualTo(1, rows.Where(text => text.Contains('x', StringComparison.Ordinal)).Distinct().Count());
        Assert.IsTrue(Array.TrueForAll(rows, text => !text.Trim('.').Contains('.', StringComparison.Ordinal)));
        Assert.AreEqual(0, fromPartner % (layout.Planes * layout.Channels), "all planes and channels");
    }

    private static ImageMixture Begin(FineTuningOptions options, InputLayout layout, int step, out BatchLoader batch)
    {
        HeadDataset data = new(new float[RowCount], 1, HeadTargets.FromClasses(new[] { 0, 1, 2, 3 }, RowCount));
        batch = new HeadSetup(new() { BatchSize = RowCount, StandardizeFeatures = false }, data, start: null).Batches;
        batch.Load(0);
        ImageMixture mixture = new(options, seed: 1, layout);
        mixture.Begin(step, batch, RowCount);
        return mixture;
    }

    private static float[] Filled(InputLayout layout, int value)
    {
        float[] image = new float[layout.Length];
        Array.Fill(image, value);
        return image;
    }
}
