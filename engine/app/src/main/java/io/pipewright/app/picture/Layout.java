package io.pipewright.app.picture;

import io.pipewright.app.picture.Drawing.Point;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortLabelPlacement;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Where the cards of a picture stand and where its arrows run: from left to right, in layers, with corners, as the Eclipse
 * Layout Kernel does it. Arrows from one port, and arrows to one input, share as much of their way as they can, so that
 * the many that carry losses to one sink become one line.
 */
record Layout(double width, double height, List<Place> places, List<Wire> wires, List<Label> labels) {

    static final double LABEL_SIZE = 10;

    /** Keeps names off the cards and the heads of arrows. */
    private static final double LABEL_GAP = 5;

    Layout {
        places = List.copyOf(places);
        wires = List.copyOf(wires);
        labels = List.copyOf(labels);
    }

    /** A card and its upper left corner. */
    record Place(Card card, double x, double y) {}

    /** The way of an arrow, and where others join it. */
    record Wire(GraphPicture.Arrow arrow, List<Point> points, List<Point> junctions) {

        Wire {
            points = List.copyOf(points);
            junctions = List.copyOf(junctions);
        }
    }

    /** The name of a port or of an input, over its line; {@code x} is its left end, {@code y} its base. */
    record Label(String text, double x, double y, boolean loss) {}

    static Layout of(GraphPicture picture) {
        return new Maker(picture).layout();
    }

    /** Builds the graph of the layout kernel, and reads it back. */
    private static final class Maker {

        private final GraphPicture picture;
        private final ElkNode root = ElkGraphUtil.createGraph();
        private final Map<ElkNode, Card> cards = new LinkedHashMap<>();
        private final Map<String, ElkNode> nodes = new LinkedHashMap<>();
        private final Map<String, ElkPort> outputs = new LinkedHashMap<>();
        private final Map<String, ElkPort> inputs = new LinkedHashMap<>();
        private final Map<GraphPicture.Arrow, ElkEdge> edges = new LinkedHashMap<>();
        private final Map<ElkLabel, Boolean> labels = new LinkedHashMap<>();

        Maker(GraphPicture picture) {
            this.picture = picture;
        }

        Layout layout() {
            options();
            picture.boxes().forEach(this::node);
            picture.arrows().forEach(this::edge);
            new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
            return new Layout(
                    root.getWidth(),
                    root.getHeight(),
                    cards.entrySet().stream()
                            .map(card -> new Place(
                                    card.getValue(),
                                    card.getKey().getX(),
                                    card.getKey().getY()))
                            .toList(),
                    edges.entrySet().stream()
                            .map(edge -> wire(edge.getKey(), edge.getValue()))
                            .toList(),
                    labels.entrySet().stream()
                            .map(label -> label(label.getKey(), label.getValue()))
                            .toList());
        }

        private void options() {
            root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
            root.setProperty(CoreOptions.DIRECTION, Direction.RIGHT);
            root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
            root.setProperty(CoreOptions.PADDING, new ElkPadding(0));
            root.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NONE);
            root.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
            root.setProperty(LayeredOptions.SPACING_NODE_NODE, 26.0);
            root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 30.0);
            root.setProperty(LayeredOptions.SPACING_EDGE_NODE, 16.0);
            root.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 16.0);
            root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 12.0);
            root.setProperty(LayeredOptions.SPACING_PORT_PORT, Card.PORT);
            root.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 12.0);
        }

        private void node(GraphPicture.Box box) {
            Card card = Card.of(box);
            ElkNode node = ElkGraphUtil.createNode(root);
            node.setDimensions(card.width(), card.height());
            node.setProperty(
                    CoreOptions.PORT_CONSTRAINTS,
                    inputs(box) > 1 ? PortConstraints.FIXED_SIDE : PortConstraints.FIXED_ORDER);
            node.setProperty(
                    CoreOptions.PORT_LABELS_PLACEMENT,
                    EnumSet.of(PortLabelPlacement.OUTSIDE, PortLabelPlacement.NEXT_TO_PORT_IF_POSSIBLE));
            cards.put(node, card);
            nodes.put(box.id(), node);
            Stream.concat(
                            box.ports().stream().filter(port -> !port.loss()),
                            box.ports().stream().filter(GraphPicture.Port::loss))
                    .filter(GraphPicture.Port::read)
                    .forEach(port ->
                            outputs.put(port.reference(box.id()), port(node, PortSide.EAST, port.name(), port.loss())));
        }

        /** Losses leave below records; where several inputs could cross because of that, the order is free. */
        private long inputs(GraphPicture.Box box) {
            return picture.arrows().stream()
                    .filter(arrow -> arrow.to().equals(box.id()))
                    .map(GraphPicture.Arrow::input)
                    .distinct()
                    .count();
        }

        private ElkPort port(ElkNode node, PortSide side, String name, boolean loss) {
            ElkPort port = ElkGraphUtil.createPort(node);
            port.setProperty(CoreOptions.PORT_SIDE, side);
            port.setProperty(CoreOptions.PORT_INDEX, node.getPorts().size() * (side == PortSide.EAST ? 1 : -1));
            if (!name.isEmpty()) {
                ElkLabel label = ElkGraphUtil.createLabel(name, port);
                label.setDimensions(TextWidth.of(name, LABEL_SIZE, false) + 2 * LABEL_GAP, LABEL_SIZE + 2);
                labels.put(label, loss);
            }
            return port;
        }

        private void edge(GraphPicture.Arrow arrow) {
            ElkPort from = outputs.get(arrow.port().reference(arrow.from()));
            ElkPort to = inputs.computeIfAbsent(
                    arrow.to() + " " + arrow.input(),
                    input -> port(Objects.requireNonNull(nodes.get(arrow.to())), PortSide.WEST, arrow.input(), false));
            ElkEdge edge = ElkGraphUtil.createSimpleEdge(from, to);
            if (!arrow.port().loss()) {
                edge.setProperty(LayeredOptions.PRIORITY_STRAIGHTNESS, 10);
                edge.setProperty(LayeredOptions.PRIORITY_SHORTNESS, 10);
            }
            edges.put(arrow, edge);
        }

        private static Wire wire(GraphPicture.Arrow arrow, ElkEdge edge) {
            ElkEdgeSection section = edge.getSections().get(0);
            List<Point> points = new ArrayList<>();
            points.add(new Point(section.getStartX(), section.getStartY()));
            section.getBendPoints().forEach(bend -> points.add(new Point(bend.getX(), bend.getY())));
            points.add(new Point(section.getEndX(), section.getEndY()));
            List<Point> junctions = edge.getProperty(CoreOptions.JUNCTION_POINTS).stream()
                    .map(junction -> new Point(junction.x, junction.y))
                    .toList();
            return new Wire(arrow, points, junctions);
        }

        private static Label label(ElkLabel label, boolean loss) {
            ElkPort port = (ElkPort) label.getParent();
            ElkNode node = port.getParent();
            return new Label(
                    label.getText(),
                    node.getX() + port.getX() + label.getX() + LABEL_GAP,
                    node.getY() + port.getY() - 3.5,
                    loss);
        }
    }
}
